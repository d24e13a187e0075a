"""Dates that organizations plan: entered on a page or brought in a file, seen by their owner, offered or not to all.

Words: *held* is for its owner alone; *offered* lets date, discipline, usual seats and distance stand in the common
calendar, without a name; *announced* is public, room included. Never: a title or an organization told to another.
"""

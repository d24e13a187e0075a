"""Words that all rooms share: text in two languages, errors, periods, money, cells, scopes, the closed lists.

Pure Python: no Django, no DuckDB, no clock, no files. Nothing here knows about any other room.
"""

"""Cleaning of customer fields for French and English Canada.

One small module a field. Python functions see each distinct value once; everything else is set-based SQL. The raw value
is never changed: cleaned columns stand beside it, and `*_missing` says why a cleaned value is absent
(`EMPTY`, `INVALID`, `COURTESY`). Nothing here decides who is who.
"""

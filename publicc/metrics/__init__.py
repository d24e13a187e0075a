"""Every figure of Public C: one registry of definitions, and the questions that can be asked of them.

Words: an *atom* is a sum, count or quantile that an engine computes; a *metric* turns atoms into a `Cell`; a
*dimension*
cuts the rows; a *question* names metrics, dimensions, filters and a period; an *answer* holds one row a group and a
stamp.
A new metric is one file under `definitions/`. The room reads facts through a connection it is handed and never opens
one; it never withholds (that is `disclosure`), never rounds (that is display), never looks at a clock.
"""

"""Documents people send each other: season review, show review, territory, board one-pager, funder report, quality.

Words: a *kind* says what a report tells and from which screens; a *document* is that report over one organization's own
rows, before it is written; a *form* is PDF, XLSX, PPTX or CSV. A document holds the very cells of the screens: nothing
here computes a figure. Never holds a name or an address of a person, nor anything about another organization.
"""

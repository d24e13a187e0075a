"""The HTTP API, `/api/v1`: own figures, definitions, the directory, quality, deposits and reports, for programs.

Words: a *token* lets a program act for one person in one organization, within scopes, until a day; a *caller* is that
person, by token or by session; a *problem* is an error in the form of RFC 9457. The same queries, cells and refusals as
the pages: nothing here computes a figure. Another organization's thing is not found.
"""

"""Official files that an operator may bring in place of what is shipped: limits, census, municipalities, postal codes.

Words: *layer* is one kind of official file; *prepared* is what is kept of it, ready to be put on the shelf
(`store.shelf`). A file is recognised by what it holds, never by its name; what is wrong with it is one sentence.

Never: a network call, a name or contact of a natural person (columns are chosen by name, the others are not read).
"""

"""Recognition: which labels of several organizations speak of one show, one venue, one discipline. Pure code.

Words: a *mark* is what a box office adds to a title to tell one date from another (*supplémentaire*, *première*, *sold
out*); the *core* of a title is what is left once marks, presenter, guests and the house's own series are lifted out; a
*form* is one way of writing the core that may be met elsewhere. A *score* says how sure two labels are one thing,
0–1; from `SURE` on they are joined, from `DOUBTFUL` on they are put to a person.

Never: a database, a clock, a network call; a chain (A with B, B with C, but A against C).
"""

"""Disclosure: the pure rules that decide what may be said of others, and the attacks that must fail first.

Words: a *unit* is what must stay unknown (persons of one finest cell, or one organization's amount); a *cell* is one
figure, a row of zeros and ones over units; a *viewer* is a member looking at a release, who knows its own rows exactly.
Same input, same bytes: no clock, no file, no database, no chance.

Never: lets out a figure finer than it was rounded, or says why a cell is withheld.
"""

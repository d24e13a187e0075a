"""Surveys: the common questionnaire, what organizations add to it, the answers they collect and what these say.

Words: a *question* has a stable id with its version (`core.nps.v1`); the *bank* holds those that are common; a
*module* is a page of them that an organization may add; a *definition* is a whole questionnaire; publishing one
freezes a *version*; a *link* is where people answer; a *response* is what one person answered; an *opt-in* is a
contact left afterwards, on another form, which nothing ties to a response.

Never: an address of the network kept, an open answer outside its organization, a published version rewritten.
"""

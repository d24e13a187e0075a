"""Sharing: the numbers of one show, for its partners, when each organization that holds them agrees.

Words: the *asker* asks for a show; the *owner* holds figures of it, or does not: nobody but itself knows; a *request*
goes to one owner; granting it makes a *grant*, whose *terms* say which figures, which performances, until when.

Never: a row, an identifier, a third organization's figure, or anything that tells an owner that holds nothing from one
that did not answer.
"""

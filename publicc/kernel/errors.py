"""The one family of errors. What a person can cause is written for that person: what, where, found, what to do.

An error never carries the value of a cell of someone's file: file names, column names and row numbers only.
"""

import traceback
from pathlib import Path

from publicc.kernel.text import Lang, Text


class PublicCError(Exception):
    """Base of every error that Public C raises on purpose.

    `what` is one sentence; `where`, `found` and `do` complete it when they are known. `code` is stable, for machines.
    """

    code = "error"

    def __init__(
        self, what: Text, *, where: Text | None = None, found: Text | None = None, do: Text | None = None
    ) -> None:
        super().__init__(what.en)
        self.what = what
        self.where = where
        self.found = found
        self.do = do

    def sentence(self, lang: Lang) -> str:
        """The whole message in `lang`, parts joined as sentences."""
        parts = (self.what, self.where, self.found, self.do)
        return " ".join(part.said(lang) for part in parts if part is not None)


class BadInput(PublicCError):
    """Something a person gave cannot be used. Commands exit with 2."""

    code = "bad_input"


class BadUsage(PublicCError):
    """A command or address was asked for in a way that means nothing. Commands exit with 2."""

    code = "bad_usage"


class NotFound(PublicCError):
    """The thing does not exist, or is not this person's to see: the two look the same."""

    code = "not_found"


class NotAllowed(PublicCError):
    """The person is known, the thing is theirs to see, and this action is not open to their role."""

    code = "not_allowed"


class Busy(PublicCError):
    """Another process holds what this one needs; trying again later is enough."""

    code = "busy"


class Broken(PublicCError):
    """The installation is not in a state to work: a missing key, a damaged file. Commands exit with 1."""

    code = "broken"


def unforeseen(fault: BaseException) -> Broken:
    """A fault that nobody foresaw, as one sentence: its kind and the line it came from.

    Never its own words: those of an engine may quote the cell of a file.
    """
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if "publicc" in Path(frame.filename).parts]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    return Broken(
        Text("Quelque chose d'imprévu a arrêté le travail.", "Something unforeseen stopped the work."),
        found=Text("{kind}, {place}.", "{kind}, {place}.").filled(kind=type(fault).__name__, place=place),
        do=Text(
            "Réessayer; si cela revient, donner cette phrase au pôle.",
            "Try again; if it happens again, give this sentence to the hub.",
        ),
    )

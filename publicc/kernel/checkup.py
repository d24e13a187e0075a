"""One thing looked at in a check-up of an installation, and what to do when it is not right."""

from dataclasses import dataclass
from typing import Any

from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import Term


class State(Term):
    """How a thing is."""

    GOOD = "GOOD", "bon", "good"
    CAUTION = "CAUTION", "à voir", "to look at"
    BAD = "BAD", "à corriger", "to mend"


@dataclass(frozen=True, slots=True)
class Checked:
    """A thing looked at. `id` is stable, for machines; `do` is there unless all is good."""

    id: str
    state: State
    what: Text
    do: Text | None = None

    def as_json(self, lang: Lang) -> dict[str, Any]:
        """For machines, its words in `lang`."""
        told = {"id": self.id, "state": self.state.value, "what": self.what.said(lang)}
        return told | ({"do": self.do.said(lang)} if self.do else {})


def good(name: str, what: Text) -> Checked:
    """A thing that is right."""
    return Checked(name, State.GOOD, what)


def caution(name: str, what: Text, do: Text) -> Checked:
    """A thing that works, and that someone should look at."""
    return Checked(name, State.CAUTION, what, do)


def bad(name: str, what: Text, do: Text) -> Checked:
    """A thing that does not work."""
    return Checked(name, State.BAD, what, do)

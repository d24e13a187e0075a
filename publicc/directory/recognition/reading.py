"""What a title says once it is taken apart: its core, the other ways it may be written, its numbers, its guests.

`Compagnie X présente : Hamlet – version jazz (2e partie) avec Y` has a presenter, a core, a subtitle, a number, guests;
two titles are compared part with part, never as two strings.
"""

from dataclasses import dataclass

from publicc.directory.recognition.counting import Words, numbers_in
from publicc.directory.recognition.forms import Form, forms_of
from publicc.directory.recognition.house import NO_HABITS, House
from publicc.directory.recognition.marks import Mark, lift
from publicc.directory.recognition.parts import ages_in, off_guests, off_house, open_brackets


@dataclass(frozen=True, slots=True)
class Reading:
    """A title taken apart. `forms[0]` is the core; `plain` the title to show, marks off."""

    plain: str
    marks: tuple[Mark, ...]
    forms: tuple[Form, ...]
    numbers: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    guests: Words = ()
    notes: Words = ()
    ages: Words = ()

    @property
    def core(self) -> Words:
        """The significant words of the title itself."""
        return self.forms[0].words


def read_title(title: str, house: House = NO_HABITS) -> Reading:
    """Take a title apart, with the habits of the house that wrote it. An empty title has an empty core.

    Every word counts but articles, *et*, *and*, *de*, *of*; a title made of those alone keeps them.
    """
    lifted = lift(title)
    text, notes, years, numbers = open_brackets(lifted.title, house)
    text, lent = off_house(text, house)
    text, guests = off_guests(text)
    forms, counted = forms_of(text, lent=lent)
    return Reading(
        plain=lifted.title,
        marks=lifted.marks,
        forms=forms + tuple(Form(note, 0.93) for note in notes if len(note) > 2),
        numbers=numbers | numbers_in(counted, lifted.title),
        years=years,
        guests=guests,
        notes=tuple(word for note in notes for word in note),
        ages=ages_in(title),
    )

"""A questionnaire as data: pages of questions in both languages. Pure; stored as SurveyJS JSON (`exchange`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from publicc.kernel.text import Text

REFUSED: Final = "refused"
DONT_KNOW: Final = "dontknow"
OTHER: Final = "other"
COMMENT_SUFFIX: Final = "-Comment"
"""Where the words of *other* are kept, beside the question's own answer."""

DECLINES: Final = Text("Je préfère ne pas répondre", "Prefer not to answer")
DOES_NOT_KNOW: Final = Text("Je ne sais pas", "I don't know")
OTHERWISE: Final = Text("Autre", "Other")
NOT_ANSWERS: Final = frozenset({REFUSED, DONT_KNOW})
"""Values that leave the base of a figure: the person was asked and gave none."""


class Kind(StrEnum):
    """What a question asks for. Values are the types of SurveyJS."""

    SINGLE = "radiogroup"
    LIST = "dropdown"
    MULTIPLE = "checkbox"
    SCALE = "rating"
    GRID = "matrix"
    LINE = "text"
    COMMENT = "comment"

    @property
    def picks_one(self) -> bool:
        """Whether one choice among several is the answer."""
        return self in {Kind.SINGLE, Kind.LIST}

    @property
    def has_choices(self) -> bool:
        """Whether the question lists choices, or the columns of a grid."""
        return self in {Kind.SINGLE, Kind.LIST, Kind.MULTIPLE, Kind.GRID}


class Form(StrEnum):
    """What a line of text must look like."""

    ANY = ""
    NUMBER = "number"
    FSA = "fsa"


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice, a column or a row: the value that is kept and its words."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Choices of a grid are its columns; `low` and `high` bound a scale or a number."""

    id: str
    kind: Kind
    title: Text
    help: Text | None = None
    choices: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    low: int = 0
    high: int = 10
    low_label: Text | None = None
    high_label: Text | None = None
    form: Form = Form.ANY
    required: bool = False
    declines: bool = False
    unknown: bool = False
    other: bool = False
    exclusive: str = ""
    """The choice that stands alone in a multiple answer (« rien »)."""
    most: int = 0
    """How many choices at most; 0 = all."""
    longest: int = 0
    shuffled: bool = False
    condition: str = ""
    """When it is asked (`conditions`); empty = always."""

    @property
    def is_open(self) -> bool:
        """Whether a person answers in words: never leaves its organization."""
        return self.kind is Kind.COMMENT or (self.kind is Kind.LINE and self.form is Form.ANY)

    @property
    def every_choice(self) -> tuple[Choice, ...]:
        """The choices with *other*, *don't know* and *prefer not to answer* where they are offered."""
        extras = (
            (self.other, OTHER, OTHERWISE),
            (self.unknown, DONT_KNOW, DOES_NOT_KNOW),
            (self.declines, REFUSED, DECLINES),
        )
        return (*self.choices, *(Choice(value, words) for offered, value, words in extras if offered))

    @property
    def texts(self) -> Iterator[Text]:
        """Every text a person reads."""
        yield self.title
        yield from (text for text in (self.help, self.low_label, self.high_label) if text)
        yield from (one.label for one in (*self.choices, *self.rows))


@dataclass(frozen=True, slots=True)
class Page:
    """Questions under one heading."""

    id: str
    title: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole questionnaire."""

    title: Text
    pages: tuple[Page, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order it is asked."""
        return tuple(question for page in self.pages for question in page.questions)

    def question(self, question_id: str) -> Question | None:
        """The question of that id."""
        return next((one for one in self.questions if one.id == question_id), None)


def seconds_to_answer(definition: Definition) -> int:
    """About how long answering takes: reading at 238 words a minute, 3 s to decide, 2 s more a row, 5 s for a comment.

    Unit: seconds. An estimate for whoever builds a survey: most people leave comments empty, half of conditional
    questions are not asked. Reading speed: Brysbaert (2019), silent reading of prose by adults.
    """
    return round(sum(_seconds(one) * (0.5 if one.condition else 1.0) for one in definition.questions))


def _seconds(question: Question) -> float:
    words = sum(len(text.fr.split()) for text in question.texts)
    deciding = 5.0 if question.kind is Kind.COMMENT else 3.0 + 2.0 * len(question.rows)
    return words / 238 * 60 + deciding

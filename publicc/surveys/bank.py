"""The bank: questions common to the collective, with stable ids. Read from `bank/*.toml`; nothing here changes them."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from publicc.kernel.text import Lang, Text
from publicc.surveys.definition import Choice, Definition, Form, Kind, Page, Question

_FOLDER: Final = Path(__file__).parent / "bank"
_CORE_BEFORE: Final = ("core.visit", "core.coming")
_CORE_AFTER: Final = ("core.open", "core.you")
NON_PUBLIC: Final = "mod.nonpublic"
OWN_PAGE: Final = "own"
OWN_TITLE: Final = Text("Nos questions", "Our questions")


@dataclass(frozen=True, slots=True)
class BankPage:
    """A page of the bank, with why each of its questions is asked. `sensitive`: never crossed with anything."""

    page: Page
    purposes: dict[str, Text]
    sensitive: bool
    is_core: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person reads before answering: paragraphs in both languages, and the day it came into use."""

    version: int
    since: date
    paragraphs: tuple[Text, ...]

    def said(self, lang: Lang, organization: str) -> list[str]:
        """The paragraphs, the organization named."""
        return [one.said(lang, organization=organization) for one in self.paragraphs]


@cache
def core_version() -> str:
    """The version of the common core: the year and a number."""
    return str(_told("core")["version"])


@cache
def bank_pages() -> dict[str, BankPage]:
    """Every page of the bank by id: the core first, then the modules."""
    scales = _told("scales")
    return {
        told["id"]: _page(told, scales, is_core=name == "core")
        for name in ("core", "modules")
        for told in _told(name)["page"]
    }


@cache
def bank_questions() -> dict[str, Question]:
    """Every common question by id."""
    return {question.id: question for one in bank_pages().values() for question in one.page.questions}


@cache
def consents() -> dict[int, Consent]:
    """Every consent text that was ever shown, by version."""
    return {
        int(number): Consent(
            int(number), told["since"], tuple(Text(fr, en) for fr, en in zip(told["fr"], told["en"], strict=True))
        )
        for number, told in _told("consent").items()
    }


def newest_consent() -> Consent:
    """The consent text that a version published now will show."""
    return consents()[max(consents())]


def modules() -> tuple[BankPage, ...]:
    """The optional modules, in the order they are asked."""
    return tuple(one for one in bank_pages().values() if not one.is_core)


def assembled(
    title: Text, module_ids: tuple[str, ...] = (), own: tuple[Question, ...] = (), *, visited: bool = True
) -> Definition:
    """The questionnaire of these modules and own questions: own ones after the core, before who the person is.

    `visited` is False for people met outside venues: they are asked the non-public module and who they are.
    """
    pages = bank_pages()
    chosen = [one.page for one in modules() if one.page.id in module_ids or (not visited and one.page.id == NON_PUBLIC)]
    before = [pages[name].page for name in _CORE_BEFORE] if visited else []
    own_page = [Page(OWN_PAGE, OWN_TITLE, own)] if own else []
    after = [pages[name].page for name in _CORE_AFTER]
    return Definition(title, (*before, *chosen, *own_page, *after))


@cache
def _told(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _page(told: dict[str, Any], scales: dict[str, Any], *, is_core: bool) -> BankPage:
    questions = tuple(_question(one, scales) for one in told["question"])
    purposes = {one["id"]: _text(one["purpose"]) for one in told["question"]}
    return BankPage(Page(told["id"], _text(told), questions), purposes, bool(told.get("sensitive", False)), is_core)


def _question(told: dict[str, Any], scales: dict[str, Any]) -> Question:
    choices = scales[told["scale"]]["choices"] if "scale" in told else told.get("choices", [])
    return Question(
        id=told["id"],
        kind=Kind(told["kind"]),
        title=_text(told),
        help=_text(told["help"]) if "help" in told else None,
        choices=_choices(choices),
        rows=_choices(told.get("rows", [])),
        low=told.get("low", 0),
        high=told.get("high", 10),
        low_label=_text(told["low_label"]) if "low_label" in told else None,
        high_label=_text(told["high_label"]) if "high_label" in told else None,
        form=Form(told.get("form", "")),
        declines=told.get("decline", False),
        unknown=told.get("unknown", False),
        other=told.get("other", False),
        exclusive=told.get("exclusive", ""),
        most=told.get("most", 0),
        longest=told.get("longest", 0),
        shuffled=told.get("shuffled", False),
        condition=told.get("if", ""),
    )


def _choices(told: list[dict[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(one["value"], _text(one)) for one in told)


def _text(told: dict[str, Any]) -> Text:
    return Text(told["fr"], told["en"])

"""The questionnaire as pages to read, written from the bank (docs/reference/questionnaire.en.md, in both languages)."""

from collections.abc import Iterator

from publicc.kernel.text import LANGUAGES, Lang, Text
from publicc.surveys.bank import BankPage, assembled, bank_pages, consents, core_version
from publicc.surveys.definition import Form, Kind, Question, seconds_to_answer

_HEAD = Text("# Le questionnaire commun", "# The common questionnaire")
_LEAD = Text(
    "Tronc commun {v} : {n} questions, environ {s} secondes. Cette page est écrite à partir de la banque de questions "
    "(`publicc/surveys/bank`) par `tools/metric-pages`; un test les tient égales. Nos mots, dans les deux langues; "
    "les normes suivies sont dites à chaque question. Tout changement de mots, de choix ou d'échelle donne un nouvel "
    "identifiant.",
    "Common core {v}: {n} questions, about {s} seconds. This page is written from the bank of questions "
    "(`publicc/surveys/bank`) by `tools/metric-pages`; a test holds them equal. Our own words, in both languages; "
    "each question says the standard it follows. Any change of words, choices or scale makes a new id.",
)
_CORE = Text("## Tronc commun", "## Common core")
_MODULES = Text("## Modules au choix", "## Optional modules")
_CONSENT = Text("## Texte de consentement", "## Consent text")
_VERSION = Text("Version {n}, depuis le {d}.", "Version {n}, since {d}.")
_KINDS = {
    Kind.SINGLE: Text("un choix", "one choice"),
    Kind.LIST: Text("un choix dans une liste", "one choice in a list"),
    Kind.MULTIPLE: Text("plusieurs choix", "several choices"),
    Kind.SCALE: Text("de {low} à {high}", "{low} to {high}"),
    Kind.GRID: Text("une réponse par énoncé", "one answer a statement"),
    Kind.LINE: Text("une ligne", "a line"),
    Kind.COMMENT: Text("commentaire, {longest} caractères au plus", "comment, {longest} characters at most"),
}
_FORMS = {
    Form.NUMBER: Text("un nombre de {low} à {high}", "a number from {low} to {high}"),
    Form.FSA: Text("trois caractères", "three characters"),
}
_MOST = Text("{n} au plus", "up to {n}")
_ASKED_IF = Text("Posée si", "Asked if")
_SENSITIVE = Text("Sensible : jamais croisé avec autre chose.", "Sensitive: never crossed with anything else.")


def pages() -> Iterator[tuple[str, str]]:
    """Each page: its file name and what it holds."""
    for lang in LANGUAGES:
        yield f"questionnaire.{lang}.md", "\n".join(_lines(lang)) + "\n"


def _lines(lang: Lang) -> Iterator[str]:
    core = assembled(_HEAD)
    yield _HEAD.said(lang)
    yield ""
    yield _LEAD.said(lang, v=core_version(), n=len(core.questions), s=seconds_to_answer(core))
    for heading, is_core in ((_CORE, True), (_MODULES, False)):
        yield ""
        yield heading.said(lang)
        for one in bank_pages().values():
            if one.is_core is is_core:
                yield from _page(one, lang)
    yield ""
    yield _CONSENT.said(lang)
    for consent in consents().values():
        yield ""
        yield _VERSION.said(lang, n=consent.version, d=consent.since.isoformat())
        yield from (f"\n> {words}" for words in consent.said(lang, "…"))


def _page(one: BankPage, lang: Lang) -> Iterator[str]:
    yield f"\n### {one.page.title.said(lang)} · `{one.page.id}`"
    if one.sensitive:
        yield f"\n{_SENSITIVE.said(lang)}"
    for question in one.page.questions:
        yield f"\n**{question.title.said(lang)}** · `{question.id}` · {_kind(question, lang)}  "
        if question.help:
            yield f"{question.help.said(lang)}  "
        yield f"*{one.purposes[question.id].said(lang)}*"
        if question.condition:
            yield f"\n{_ASKED_IF.said(lang)} `{question.condition}`."
        yield from _choices(question, lang)


def _choices(question: Question, lang: Lang) -> Iterator[str]:
    listed = (*question.rows, *question.every_choice)
    if listed:
        yield ""
    yield from (f"- {one.label.said(lang)} · `{one.value}`" for one in listed)


def _kind(question: Question, lang: Lang) -> str:
    told = _FORMS.get(question.form) or _KINDS[question.kind]
    words = told.said(lang, low=question.low, high=question.high, longest=question.longest)
    return f"{words}, {_MOST.said(lang, n=question.most)}" if question.most else words

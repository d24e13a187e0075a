"""Definitions as SurveyJS JSON and back: the form that is stored, taken away and brought in.

Strings are `{"default": English, "fr": French}`. Only what docs/reference/surveys.en.md lists is understood; anything
else is refused by name, never dropped.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.surveys.definition import Choice, Definition, Form, Kind, Page, Question

FSA_PATTERN: Final = "^[A-Za-z][0-9][A-Za-z]$"
FSA_WORDS: Final = Text("Trois caractères, par exemple H2X.", "Three characters, for example H2X.")
LOOKS: Final = frozenset({
    "locale", "logoPosition", "showQuestionNumbers", "showProgressBar", "progressBarType", "widthMode", "colCount",
    "completedHtml", "$schema", "questionErrorLocation", "checkErrorsMode",
})  # fmt: skip
"""Keys that only change how another program draws the questionnaire: read over."""
_SURVEY: Final = frozenset({"title", "pages"}) | LOOKS
_PAGE: Final = frozenset({"name", "title", "elements"})
_COMMON: Final = frozenset({"type", "name", "title", "description", "isRequired", "visibleIf", "colCount"})
_PICKING: Final = _COMMON | {"choices", "showOtherItem", "showDontKnowItem", "showRefuseItem", "choicesOrder"}
_KEYS: Final[dict[Kind, frozenset[str]]] = {
    Kind.SINGLE: _PICKING,
    Kind.LIST: _PICKING,
    Kind.MULTIPLE: _PICKING | {"maxSelectedChoices", "showNoneItem"},
    Kind.SCALE: _COMMON | {"rateMin", "rateMax", "minRateDescription", "maxRateDescription"},
    Kind.GRID: _COMMON | {"columns", "rows", "rowOrder"},
    Kind.LINE: _COMMON | {"inputType", "min", "max", "maxLength", "validators"},
    Kind.COMMENT: _COMMON | {"maxLength"},
}
_NONE: Final = Choice("none", Text("Aucun de ces choix", "None of these"))


def as_surveyjs(definition: Definition) -> dict[str, Any]:
    """The definition as a JSON object that SurveyJS reads."""
    return {
        "title": _string(definition.title),
        "locale": "fr",
        "pages": [
            {"name": page.id, "title": _string(page.title), "elements": [_element(one) for one in page.questions]}
            for page in definition.pages
        ],
    }


def as_text(definition: Definition) -> str:
    """The definition as the text of a JSON file."""
    return json.dumps(as_surveyjs(definition), ensure_ascii=False, indent=2) + "\n"


def from_text(text: str) -> Definition:
    """The definition in the text of a JSON file. Raises BadInput, saying where, for what is not understood."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadInput(
            Text("Ce fichier n'est pas du JSON.", "This file is not JSON."),
            do=Text(
                "Exporter le questionnaire de SurveyJS en JSON.", "Export the questionnaire from SurveyJS as JSON."
            ),
        ) from problem
    return from_surveyjs(told)


def from_surveyjs(told: object) -> Definition:
    """The definition in a SurveyJS object. Raises BadInput for anything outside the documented subset."""
    survey = _object(told, Text("Questionnaire.", "Questionnaire."))
    where = Text("En tête du questionnaire.", "At the head of the questionnaire.")
    _refuse_unknown(survey, _SURVEY, where)
    lang = "fr" if str(survey.get("locale", "")).startswith("fr") else "en"
    pages = tuple(_page(one, at, lang) for at, one in enumerate(_list(survey.get("pages", []), where), start=1))
    return Definition(_text(survey.get("title", ""), lang, where), pages)


def _string(text: Text) -> dict[str, str]:
    return {"default": text.en, "fr": text.fr}


def _element(question: Question) -> dict[str, Any]:
    told: dict[str, Any] = {"type": question.kind.value, "name": question.id, "title": _string(question.title)}
    optional = {
        "description": _string(question.help) if question.help else None,
        "isRequired": question.required,
        "visibleIf": question.condition,
        "showOtherItem": question.other,
        "showDontKnowItem": question.unknown,
        "showRefuseItem": question.declines,
        "maxSelectedChoices": question.most,
        "maxLength": question.longest,
    }
    return told | {key: value for key, value in optional.items() if value} | _own_keys(question)


def _own_keys(question: Question) -> dict[str, Any]:
    if question.kind is Kind.SCALE:
        ends = (("minRateDescription", question.low_label), ("maxRateDescription", question.high_label))
        bounds: dict[str, Any] = {"rateMin": question.low, "rateMax": question.high}
        return bounds | {key: _string(text) for key, text in ends if text}
    if question.kind is Kind.GRID:
        order = {"rowOrder": "random"} if question.shuffled else {}
        return {"columns": _items(question.choices), "rows": _items(question.rows), **order}
    if question.kind is Kind.LINE:
        return _line_keys(question)
    if question.kind is Kind.MULTIPLE and question.exclusive:
        alone = {"isExclusive": True}
        return {
            "choices": [one | (alone if one["value"] == question.exclusive else {}) for one in _items(question.choices)]
        }
    return {"choices": _items(question.choices)} if question.kind.has_choices else {}


def _line_keys(question: Question) -> dict[str, Any]:
    if question.form is Form.NUMBER:
        return {"inputType": "number", "min": question.low, "max": question.high}
    if question.form is Form.FSA:
        return {"maxLength": 3, "validators": [{"type": "regex", "text": _string(FSA_WORDS), "regex": FSA_PATTERN}]}
    return {}


def _items(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    return [{"value": one.value, "text": _string(one.label)} for one in choices]


def _page(told: object, at: int, lang: str) -> Page:
    where = Text("Page {n}.", "Page {n}.").filled(n=at)
    page = _object(told, where)
    _refuse_unknown(page, _PAGE, where)
    elements = _list(page.get("elements", []), where)
    return Page(
        str(page.get("name", f"page{at}"))[:60],
        _text(page.get("title", ""), lang, where),
        tuple(_question(one, lang, where) for one in elements),
    )


def _question(told: object, lang: str, page: Text) -> Question:
    element = _object(told, page)
    name = str(element.get("name", ""))[:60]
    where = Text("{p} Question {n}.", "{p} Question {n}.").filled(p=page, n=name or "?")
    kind = _kind(element, where)
    _refuse_unknown(element, _KEYS[kind], where)
    items, exclusive = _choices(element, kind, lang, where)
    low, high = _bounds(element, kind, where)
    return Question(
        id=name,
        kind=kind,
        title=_text(element.get("title", name), lang, where),
        help=_maybe(element.get("description"), lang, where),
        choices=items,
        rows=_read_items(element.get("rows", []), lang, where),
        low=low,
        high=high,
        low_label=_maybe(element.get("minRateDescription"), lang, where),
        high_label=_maybe(element.get("maxRateDescription"), lang, where),
        form=_form(element, where),
        required=element.get("isRequired") is True,
        declines=element.get("showRefuseItem") is True,
        unknown=element.get("showDontKnowItem") is True,
        other=element.get("showOtherItem") is True,
        exclusive=exclusive,
        most=_whole(element.get("maxSelectedChoices", 0), where),
        longest=_whole(element.get("maxLength", 0), where)
        if kind is Kind.COMMENT or "validators" not in element
        else 0,
        shuffled=element.get("rowOrder") == "random",
        condition=str(element.get("visibleIf", "")),
    )


def _kind(element: Mapping[str, Any], where: Text) -> Kind:
    try:
        return Kind(str(element.get("type", "")))
    except ValueError as problem:
        raise BadInput(
            Text("Ce type de question n'est pas pris en charge.", "This type of question is not supported."),
            where=where,
            found=Text("Trouvé : {t}.", "Found: {t}.").filled(t=str(element.get("type", "?"))[:40]),
            do=Text("Types pris en charge : {k}.", "Supported types: {k}.").filled(k=", ".join(Kind)),
        ) from problem


def _choices(element: Mapping[str, Any], kind: Kind, lang: str, where: Text) -> tuple[tuple[Choice, ...], str]:
    told = _list(element.get("columns" if kind is Kind.GRID else "choices", []), where)
    items = _read_items(told, lang, where)
    alone = [one for one in told if isinstance(one, dict) and one.get("isExclusive") is True]
    exclusive = str(alone[0].get("value", "")) if alone else ""
    if element.get("showNoneItem") is True:
        return (*items, _NONE), _NONE.value
    return items, exclusive


def _read_items(told: object, lang: str, where: Text) -> tuple[Choice, ...]:
    return tuple(_item(one, lang, where) for one in _list(told, where))


def _item(told: object, lang: str, where: Text) -> Choice:
    if not isinstance(told, dict):
        return Choice(str(told)[:60], _text(str(told), lang, where))
    _refuse_unknown(told, frozenset({"value", "text", "isExclusive"}), where)
    value = str(told.get("value", ""))[:60]
    return Choice(value, _text(told.get("text", value), lang, where))


def _bounds(element: Mapping[str, Any], kind: Kind, where: Text) -> tuple[int, int]:
    if kind is Kind.SCALE:
        return _whole(element.get("rateMin", 1), where), _whole(element.get("rateMax", 5), where)
    if kind is Kind.LINE and element.get("inputType") == "number":
        return _whole(element.get("min", 0), where), _whole(element.get("max", 1_000_000), where)
    return 0, 10


def _form(element: Mapping[str, Any], where: Text) -> Form:
    if element.get("inputType", "text") == "number":
        return Form.NUMBER
    if element.get("inputType", "text") != "text":
        raise _unknown("inputType", where)
    validators = _list(element.get("validators", []), where)
    if not validators:
        return Form.ANY
    if len(validators) == 1 and isinstance(validators[0], dict) and validators[0].get("regex") == FSA_PATTERN:
        return Form.FSA
    raise _unknown("validators", where)


def _text(told: object, lang: str, where: Text) -> Text:
    if isinstance(told, str):
        return Text(told, "") if lang == "fr" else Text("", told)
    if not isinstance(told, dict):
        raise _unknown("title", where)
    return Text(str(told.get("fr", "")), str(told.get("default", told.get("en", ""))))


def _maybe(told: object, lang: str, where: Text) -> Text | None:
    return _text(told, lang, where) if told else None


def _whole(told: object, where: Text) -> int:
    if isinstance(told, int) and not isinstance(told, bool) and abs(told) <= 10_000_000:
        return told
    raise BadInput(Text("Un nombre entier est attendu.", "A whole number is expected."), where=where)


def _object(told: object, where: Text) -> Mapping[str, Any]:
    if isinstance(told, dict):
        return told
    raise BadInput(
        Text(
            "Ceci n'a pas la forme d'un questionnaire SurveyJS.", "This does not have the shape of a SurveyJS survey."
        ),
        where=where,
    )


def _list(told: object, where: Text) -> list[Any]:
    if isinstance(told, list) and len(told) <= 300:
        return told
    raise BadInput(Text("Une liste d'au plus 300 est attendue.", "A list of at most 300 is expected."), where=where)


def _refuse_unknown(told: Mapping[str, Any], known: frozenset[str], where: Text) -> None:
    for key in told:
        if key not in known:
            raise _unknown(str(key), where)


def _unknown(key: str, where: Text) -> BadInput:
    return BadInput(
        Text("Ce réglage de SurveyJS n'est pas pris en charge.", "This SurveyJS setting is not supported."),
        where=where,
        found=Text("Trouvé : {k}.", "Found: {k}.").filled(k=key[:40]),
        do=Text("Le retirer du fichier, puis réessayer.", "Remove it from the file, then try again."),
    )

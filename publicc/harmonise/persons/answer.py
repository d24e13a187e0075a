"""The answer given to a person: everything held of them here, in plain words (PDF) and in open forms (CSV, JSON)."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from publicc.collective.paper import Paper, Section, paper_pdf
from publicc.directory.territories import REGIONS
from publicc.harmonise.persons.words import FIELD_WORDS, INFERRED_WORDS, PURCHASE_WORDS
from publicc.intake.persons.finding import Found
from publicc.kernel import formats
from publicc.kernel.spreadsheets import safe_text
from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import BuyerKind

_SHOWN: Final = ("ordered_on", "title", "starts_on", "price_category", "tickets", "net_cents")
"""Columns of a purchase on paper; the open forms hold them all."""
_TITLE: Final = Text("Vos données chez {name}", "Your data at {name}")
_LEDE: Final = Text(
    "À {person}. Voici tout ce que {name} détient à votre sujet dans Public C, au {on}. Demande {number}.",
    "To {person}. Here is everything that {name} holds about you in Public C, as of {on}. Request {number}.",
)
_NOTHING: Final = Text(
    "Rien n'a été trouvé à votre sujet avec ce que vous avez donné.", "Nothing was found about you with what you gave."
)
_USES: Final = Text(
    "Ces données viennent de la billetterie. Elles servent à compter les publics : nul ne décide de vous par elles, et "
    "aucune n'est vendue. Mises en commun, elles sont dépersonnalisées : sans nom, courriel, téléphone ni adresse.",
    "This data comes from the box office. It serves to count audiences: nothing is decided about you by it, and none "
    "of it is sold. When pooled, it is de-identified: without name, e-mail, telephone or address.",
)
_RIGHTS: Final = Text(
    "Vous pouvez faire corriger ou supprimer ces données, ou retirer votre consentement, en écrivant à {name}. "
    "Si la réponse ne vous convient pas, la Commission d'accès à l'information peut l'examiner, dans les 30 jours.",
    "You may have this data corrected or deleted, or withdraw your consent, by writing to {name}. If the answer does "
    "not satisfy you, the Commission d'accès à l'information may examine it, within 30 days.",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything held of one person by one organization."""

    organization: str
    number: str
    person: str
    on: date
    records: tuple[Found, ...]
    inferred: tuple[Mapping[str, Any], ...]


def answer_pdf(answer: Answer, lang: Lang) -> bytes:
    """On paper."""
    sections = [_record(number, one, lang) for number, one in enumerate(answer.records, 1)]
    sections += [_worked_out(one, lang) for one in answer.inferred]
    uses = Section(Text("À quoi elles servent", "What it serves").said(lang), (_USES.said(lang),))
    rights = Section(Text("Vos droits", "Your rights").said(lang), (_RIGHTS.said(lang, name=answer.organization),))
    lede = _LEDE.said(
        lang, person=answer.person, name=answer.organization, on=formats.day(answer.on, lang), number=answer.number
    )
    nothing = "" if answer.records else " " + _NOTHING.said(lang)
    title = _TITLE.said(lang, name=answer.organization)
    return paper_pdf(
        Paper(lang, title, lede + nothing, (*sections, uses, rights), f"{answer.organization}, {answer.number}")
    )


def answer_csv(answer: Answer, lang: Lang) -> bytes:
    """One line for each thing held: section, number, field, value. Opens in a spreadsheet, safe from formulas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    header = (Text("Rubrique", "Section"), Text("No", "No."), Text("Champ", "Field"), Text("Valeur", "Value"))
    writer.writerow([one.said(lang) for one in header])
    writer.writerows([safe_text(str(cell)) for cell in row] for row in _lines(answer, lang))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def answer_json(answer: Answer) -> bytes:
    """For programs: a structured, commonly used form."""
    told = {
        "organization": answer.organization,
        "request": answer.number,
        "as_of": answer.on.isoformat(),
        "records": [
            {
                "source": one.source,
                "customer_number": one.code,
                **one.fields,
                "purchases": [dict(p) for p in one.purchases],
            }
            for one in answer.records
        ],
        "inferred": [dict(one) for one in answer.inferred],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode()


def _lines(answer: Answer, lang: Lang) -> Iterator[tuple[str, int, str, str]]:
    record, purchase = Text("Fiche", "Record").said(lang), Text("Achat", "Purchase").said(lang)
    inferred, code = Text("Déduit", "Inferred").said(lang), Text("Numéro de client", "Customer number").said(lang)
    bought = 0
    for number, one in enumerate(answer.records, 1):
        yield record, number, code, one.code
        yield from (
            (record, number, FIELD_WORDS[name].said(lang), value) for name, value in one.fields.items() if value
        )
        for each in one.purchases:
            bought += 1
            for name, value in each.items():
                if value is not None:
                    yield purchase, bought, PURCHASE_WORDS[name].said(lang), _plain(name, value)
    for number, worked_out in enumerate(answer.inferred, 1):
        for name, value in worked_out.items():
            if value is not None:
                yield inferred, number, INFERRED_WORDS[name].said(lang), _said(value, lang)


def _record(number: int, one: Found, lang: Lang) -> Section:
    facts = [(Text("Numéro de client", "Customer number").said(lang), one.code)]
    facts += [(FIELD_WORDS[name].said(lang), value) for name, value in one.fields.items() if value]
    rows = tuple(tuple(_cell(name, each[name], lang) for name in _SHOWN) for each in one.purchases)
    return Section(
        Text("Fiche {n}", "Record {n}").said(lang, n=number),
        facts=tuple(facts),
        headers=tuple(PURCHASE_WORDS[name].said(lang) for name in _SHOWN) if rows else (),
        rows=rows,
    )


def _worked_out(one: Mapping[str, Any], lang: Lang) -> Section:
    facts = tuple(
        (INFERRED_WORDS[name].said(lang), _said(value, lang)) for name, value in one.items() if value is not None
    )
    return Section(Text("Ce qui en est déduit", "What is inferred from it").said(lang), facts=facts)


def _cell(name: str, value: object, lang: Lang) -> str:
    if value is None:
        return "–"
    if isinstance(value, date):
        return formats.short_day(value, lang)
    return formats.money(float(str(value)) / 100, lang) if name == "net_cents" else str(value)


def _plain(name: str, value: object) -> str:
    return f"{float(str(value)) / 100:.2f}" if name == "net_cents" else str(value)


def _said(value: object, lang: Lang) -> str:
    if isinstance(value, date):
        return formats.day(value, lang)
    kinds = {one.value: one.label.said(lang) for one in BuyerKind}
    return kinds.get(str(value)) or REGIONS.get(str(value), str(value))

"""The quality report as one self-contained page, French or English: no script, nothing from outside, printable."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django.template import Context, Engine

from publicc.intake.checks.report import DimensionScore, Fill, Finding, Freshness, QualityReport, Score, Severity
from publicc.intake.checks.sources import FILL_FIELDS
from publicc.kernel.formats import figure
from publicc.kernel.text import Lang, Text, count_form

_LOCALES: Final = {"fr": "fr_CA", "en": "en_CA"}
_FOLDER: Final = Path(__file__).parent
_GOOD: Final = 0.95
_FAIR: Final = 0.80

_PHRASES: Final = {
    "title": Text("Qualité des données", "Data quality"),
    "as_of": Text("Au {day}", "As of {day}"),
    "weakest": Text("Maillon faible : {dimension}, {share}.", "Weakest link: {dimension}, {share}."),
    "worst": Text("Le point le plus bas : {check} ({share}).", "Lowest point: {check} ({share})."),
    "nothing": Text("Rien à mesurer : le coffre est vide.", "Nothing to measure: the vault is empty."),
    "no_total": Text(
        "Il n'y a pas de note globale : une force ne rachète pas une faiblesse.",
        "There is no overall mark: a strength does not make up for a weakness.",
    ),
    "dimensions": Text("Quatre dimensions", "Four dimensions"),
    "freshness": Text("Fraîcheur", "Freshness"),
    "findings": Text("À corriger, à savoir", "To fix, to know"),
    "no_findings": Text("Rien à signaler.", "Nothing to report."),
    "checks": Text("Tous les contrôles", "All checks"),
    "fill": Text("Champs remplis, par année de vente", "Fields filled, by year of sale"),
    "check": Text("Contrôle", "Check"),
    "tested": Text("Lignes vues", "Rows tested"),
    "failed": Text("En défaut", "Failing"),
    "share": Text("Réussite", "Passing"),
    "field": Text("Champ", "Field"),
    "source": Text("Source", "Source"),
    "first": Text("Première vente", "First sale"),
    "last": Text("Dernière vente", "Last sale"),
    "age": Text("Âge", "Age"),
    "where": Text("Où", "Where"),
    "rows": Text("Lignes", "Rows"),
    "why": Text("Pourquoi", "Why"),
    "do": Text("Que faire", "What to do"),
    "column": Text("colonne", "column"),
    "several": Text("Plusieurs fichiers", "Several files"),
    "missing_column": Text("colonne absente", "column missing"),
    "more": Text("et d'autres", "and more"),
    "no_values": Text(
        "Ce rapport nomme des fichiers, des colonnes et des numéros de ligne; jamais le contenu d'une cellule.",
        "This report names files, columns and row numbers; never the content of a cell.",
    ),
    "rejected_one": Text(
        "{refused} ligne refusée sur {read} lues ({share})", "{refused} row refused of {read} read ({share})"
    ),
    "rejected": Text(
        "{refused} lignes refusées sur {read} lues ({share})", "{refused} rows refused of {read} read ({share})"
    ),
}


def quality_html(report: QualityReport, lang: Lang) -> str:
    """The whole page, as one HTML document in `lang`."""
    engine = Engine(dirs=[str(_FOLDER)], autoescape=True)
    template = engine.get_template("quality.html")
    said = {name: phrase.said(lang) for name, phrase in _PHRASES.items() if "{" not in phrase.fr}
    return str(template.render(Context({"lang": lang, "t": said, **_content(report, lang)})))


def _content(report: QualityReport, lang: Lang) -> dict[str, Any]:
    advice = report.advice()
    return {
        "name": report.name,
        "as_of": _PHRASES["as_of"].said(lang, day=_day(report.as_of, lang)),
        "headline": _headline(report, lang),
        "worst": _worst(report, lang),
        "advice": advice.said(lang) if advice else "",
        "cards": [_card(one, lang) for one in report.dimensions],
        "freshness": [_fresh(one, lang) for one in report.freshness],
        "groups": [group for severity in Severity if (group := _group(severity, report.findings, lang))],
        "years": sorted({one.period for one in report.fill}),
        "fill": _fill_rows(report.fill, lang),
        "rejected": _rejected(report, lang),
    }


def _headline(report: QualityReport, lang: Lang) -> str:
    weakest = report.weakest
    if weakest is None or weakest.score is None:
        return _PHRASES["nothing"].said(lang)
    label = weakest.dimension.label.said(lang).lower()
    return _PHRASES["weakest"].said(lang, dimension=label, share=percent(weakest.score, lang))


def _worst(report: QualityReport, lang: Lang) -> str:
    worst = report.weakest.worst if report.weakest else None
    if worst is None:
        return ""
    return _PHRASES["worst"].said(lang, check=worst.label.said(lang).lower(), share=percent(worst.share, lang))


def _card(one: DimensionScore, lang: Lang) -> dict[str, Any]:
    return {
        "label": one.dimension.label.said(lang),
        "score": "–" if one.score is None else percent(one.score, lang),
        "width": f"{100 * (one.score or 0):.1f}",
        "tone": _tone(one.score),
        "checks": [_score(score, lang) for score in sorted(one.scores, key=lambda s: (s.share, s.check))],
    }


def _score(one: Score, lang: Lang) -> dict[str, Any]:
    return {
        "label": one.label.said(lang),
        "tested": number(one.tested, lang),
        "failed": number(one.tested - one.passed, lang),
        "share": percent(one.share, lang),
        "width": f"{100 * one.share:.1f}",
        "tone": _tone(one.share),
    }


def _tone(share: float | None) -> str:
    if share is None:
        return "none"
    return "good" if share >= _GOOD else "fair" if share >= _FAIR else "poor"


def _fresh(one: Freshness, lang: Lang) -> dict[str, str]:
    days = "–" if one.days is None else f"{number(one.days, lang)} {count_form(one.days, lang, *_DAYS[lang])}"
    return {
        "source": one.source,
        "first": _day(one.first_order_on, lang),
        "last": _day(one.last_order_on, lang),
        "days": days,
    }


_DAYS: Final[dict[Lang, tuple[str, str]]] = {"fr": ("jour", "jours"), "en": ("day", "days")}


def _group(severity: Severity, findings: Iterable[Finding], lang: Lang) -> dict[str, Any] | None:
    own = [one for one in findings if one.severity is severity]
    if not own:
        return None
    return {
        "label": severity.label.said(lang),
        "code": severity.value,
        "findings": [_finding(one, lang) for one in own],
    }


def _finding(one: Finding, lang: Lang) -> dict[str, Any]:
    share = f" ({percent(one.count / one.tested, lang)})" if one.tested else ""
    column = f"{_PHRASES['column'].said(lang)} {_quoted(one.column, lang)}" if one.column else ""
    return {
        "label": one.label.said(lang),
        "dimension": one.dimension.label.said(lang),
        "count": figure(one.count, one.unit, lang) + share,
        "file": one.file or _PHRASES["several"].said(lang),
        "column": column or (_PHRASES["missing_column"].said(lang) if one.check == "empty_field" else ""),
        "rows": ranges(one.rows),
        "more": one.count > len(one.rows) > 0,
        "why": one.why.said(lang),
        "do": one.do.said(lang),
    }


def _quoted(name: str, lang: Lang) -> str:
    return Text(f"« {name} »", f"“{name}”").said(lang)


def ranges(rows: Sequence[int]) -> str:
    """`2, 3, 4, 9` → `2–4, 9`."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][1] + 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in parts)


def _fill_rows(fill: Iterable[Fill], lang: Lang) -> list[dict[str, Any]]:
    by_field: dict[str, dict[str, Fill]] = {}
    for one in fill:
        by_field.setdefault(one.field, {})[one.period] = one
    years = sorted({year for found in by_field.values() for year in found})
    return [
        {"label": label.said(lang), "cells": [_fill_cell(by_field[field].get(year), lang) for year in years]}
        for field, label in FILL_FIELDS.items()
        if field in by_field
    ]


def _fill_cell(one: Fill | None, lang: Lang) -> dict[str, str]:
    if one is None or not one.rows:
        return {"share": "–", "tone": "none", "rows": ""}
    share = one.filled / one.rows
    return {"share": percent(share, lang), "tone": _tone(share), "rows": number(one.rows, lang)}


def _rejected(report: QualityReport, lang: Lang) -> str:
    rate = report.rejected_row_rate
    if rate is None:
        return ""
    refused, read = number(report.rows_refused, lang), number(report.rows_read, lang)
    phrase = count_form(report.rows_refused, lang, "rejected_one", "rejected")
    return _PHRASES[phrase].said(lang, refused=refused, read=read, share=percent(rate, lang))


def percent(share: float, lang: Lang) -> str:
    """One decimal; never 100 % when a row fails, nor 0 % when one passes."""
    shown = min(share, 0.999) if share < 1 else 1.0
    shown = max(shown, 0.001) if share > 0 else 0.0
    return str(
        format_percent(shown, format="#,##0.0 %" if lang == "fr" else "#,##0.0%", locale=_LOCALES[lang])
    ).replace(" ", "\u00a0")


def number(n: int, lang: Lang) -> str:
    """A count with the locale's thousands."""
    return str(format_decimal(n, locale=_LOCALES[lang]))


def _day(day: date | None, lang: Lang) -> str:
    return "–" if day is None else str(format_date(day, format="long", locale=_LOCALES[lang]))

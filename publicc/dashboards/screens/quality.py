"""*Qualité*: which of the four dimensions is weakest, what to mend first, and how old the data are.

For whoever brings files: what to correct at the source; whether a figure may be quoted. Reads the report that intake
writes after each deposit: names of files and columns, numbers of rows and counts, never a cell. Source: screens, 13.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from publicc.dashboards.page import Chart, Column, DataTable, Screen, Value
from publicc.dashboards.wording import counted, on_day, said
from publicc.intake.checks.report import Severity
from publicc.intake.quality import unit_of
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text

Told = Mapping[str, Any]
ROWS_NAMED: Final = 5
_TITLE: Final = Text("Qualité des données", "Data quality")
_PURPOSE: Final = Text(
    "Pour la personne responsable des données : quoi corriger à la source, et quels chiffres citer sans réserve.",
    "For the data steward: what to correct at the source, and which figures may be quoted without reserve.",
)


def quality_screen(told: Told) -> Screen:
    """The whole page from the report of the last deposit (`QualityReport.as_json()`, both languages)."""
    return Screen(
        id="quality",
        title=_TITLE,
        purpose=_PURPOSE,
        answer=_answer(told),
        charts=tuple(chart for chart in (_dimensions(told),) if chart is not None),
        tables=(findings_table(told), _checks(told), _sources(told)),
    )


def _answer(told: Told) -> Text:
    """The weakest dimension, its worst check, and what to do about it."""
    weakest = told["dimensions"].get(told["weakest"])
    if weakest is None:
        return Text("Rien à mesurer : le coffre est vide.", "Nothing to measure: the vault is empty.")
    worst = weakest["checks"][weakest["worst"]]
    advice = next((one["do"] for one in told["findings"] if one["check"] == weakest["worst"]), None)
    if worst["passed"] == worst["tested"]:
        return Text("Tous les contrôles réussissent à 100 %.", "Every check passes at 100%.")
    answer = Text(
        "Maillon faible : {dimension}, {score} ({check} : {share}).",
        "Weakest link: {dimension}, {score} ({check}: {share}).",
    ).filled(
        dimension=_small(weakest["label"]),
        score=passing(weakest["score"]),
        check=_small(worst["label"]),
        share=passing(worst["score"]),
    )
    return Text(f"{answer.fr} {advice['fr']}", f"{answer.en} {advice['en']}") if advice else answer


def passing(share: float) -> Text:
    """A share of rows that pass, without decimals; never 100 % when a row fails, nor 0 % when one passes."""
    if 0.995 <= share < 1:
        return Text("plus de 99 %", "over 99%")
    if 0 < share < 0.005:
        return Text("moins de 1 %", "under 1%")
    return said(share, Unit.RATIO, 0)


def _dimensions(told: Told) -> Chart | None:
    scored = sorted((one for one in told["dimensions"].values() if one["score"] is not None), key=lambda d: d["score"])
    if not scored:
        return None
    columns = (
        Column("dimension", Text("Dimension", "Dimension")),
        Column("score", Text("Réussite", "Passing"), Unit.RATIO),
        Column("worst", Text("Contrôle le plus bas", "Lowest check")),
    )
    rows = tuple((_text(one["label"]), _share(one["score"]), _text(_worst_of(one)["label"])) for one in scored)
    return Chart(
        id="dimensions",
        kind="ranked_bars",
        title=Text("{weakest} d'abord : {score}", "{weakest} first: {score}").filled(
            weakest=_text(scored[0]["label"]), score=passing(scored[0]["score"])
        ),
        subtitle=Text(
            "Part des lignes qui réussissent, moyenne des contrôles de chaque dimension, {n}",
            "Share of rows that pass, mean of the checks of each dimension, {n}",
        ).filled(n=counted(told["rows_read"], Text("ligne lue", "row read"), Text("lignes lues", "rows read"))),
        summary=Text("Barres des dimensions, de la plus faible à la plus forte.", "Bars of dimensions, weakest first."),
        table=DataTable("dimensions", Text("Quatre dimensions", "Four dimensions"), columns, rows),
        metrics=(),
        note=freshness_words(told),
    )


def freshness_words(told: Told) -> Text:
    """How old the data are: the fifth dimension is a wait, not a share."""
    ages = [(one["freshness_days"], one["last_order_on"]) for one in told["freshness"].values() if one["last_order_on"]]
    if not ages:
        return Text("Fraîcheur : aucune vente datée.", "Freshness: no dated sale.")
    days, last = min(ages)
    if days <= 0:
        return Text(
            "Fraîcheur : la dernière vente connue est du {day}, le jour même du rapport.",
            "Freshness: the last known sale is of {day}, the day of the report.",
        ).filled(day=on_day(date.fromisoformat(last)))
    ago = counted(max(0, days), Text("jour", "day"), Text("jours", "days"))
    return Text(
        "Fraîcheur : la dernière vente connue est du {day}, il y a {ago} au moment du rapport.",
        "Freshness: the last known sale is of {day}, {ago} before the report.",
    ).filled(day=on_day(date.fromisoformat(last)), ago=ago)


def _checks(told: Told) -> DataTable:
    """Every check, lowest first."""
    every = [(one["label"], check) for one in told["dimensions"].values() for check in one["checks"].values()]
    every.sort(key=lambda pair: (pair[1]["score"], pair[1]["label"]["fr"]))
    return DataTable(
        "checks",
        Text("Tous les contrôles", "All checks"),
        (
            Column("check", Text("Contrôle", "Check")),
            Column("dimension", Text("Dimension", "Dimension")),
            Column("tested", Text("Lignes vues", "Rows tested"), Unit.COUNT),
            Column("failing", Text("En défaut", "Failing"), Unit.COUNT),
            Column("score", Text("Réussite", "Passing"), Unit.RATIO, bar=True),
        ),
        tuple(
            (
                _text(one["label"]),
                _text(dimension),
                Shown(one["tested"]),
                Shown(one["tested"] - one["passed"]),
                _share(one["score"]),
            )
            for dimension, one in every
        ),
    )


def _sources(told: Told) -> DataTable:
    """Since when and until when each source tells sales."""
    unknown = Text("aucune date", "no date")
    return DataTable(
        "freshness",
        Text("Fraîcheur de chaque source", "Freshness of each source"),
        (
            Column("source", Text("Source", "Source")),
            Column("first", Text("Première vente", "First sale")),
            Column("last", Text("Dernière vente", "Last sale")),
            Column("age", Text("Âge", "Age"), Unit.DAYS),
        ),
        tuple(
            (
                source,
                _day(one["first_order_on"]) or unknown,
                _day(one["last_order_on"]) or unknown,
                _age(one["freshness_days"]),
            )
            for source, one in sorted(told["freshness"].items())
        ),
    )


def findings_table(told: Told) -> DataTable:
    """What to mend, most urgent first: where, how many, why it matters, what to do. Never a cell's value."""
    several = Text("plusieurs fichiers", "several files")
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            _text(one["label"]),
            Severity(one["severity"]).label,
            one["file"] or several,
            one["column"] or Text("–", "–"),
            rows_named(one),
            _how_many(one),
            _text(one["why"]),
            _text(one["do"]),
        )
        for one in told["findings"]
    )
    return DataTable(
        "findings",
        Text("À corriger, à savoir", "To fix, to know"),
        (
            Column("finding", Text("Constat", "Finding")),
            Column("severity", Text("Urgence", "Urgency")),
            Column("file", Text("Fichier", "File")),
            Column("column", Text("Colonne", "Column")),
            Column("rows", Text("Premières lignes", "First rows")),
            Column("count", Text("Combien", "How many"), Unit.COUNT),
            Column("why", Text("Pourquoi", "Why")),
            Column("do", Text("Que faire", "What to do")),
        ),
        rows,
    )


def _how_many(finding: Told) -> Value:
    """A count of rows is a figure to sort by; a wait is said in days."""
    unit = unit_of(finding)
    return Shown(finding["count"]) if unit is Unit.COUNT else said(finding["count"], unit)


def rows_named(finding: Told) -> str:
    """The first rows of the file, as a person counts them."""
    named = ", ".join(str(row) for row in finding["rows"][:ROWS_NAMED])
    return f"{named}…" if named and finding["count"] > ROWS_NAMED else named or "–"


def _worst_of(dimension: Told) -> Told:
    worst: Told = dimension["checks"][dimension["worst"]]
    return worst


def _text(told: Mapping[str, str]) -> Text:
    return Text(told["fr"], told["en"])


def _small(told: Mapping[str, str]) -> Text:
    """A label inside a sentence."""
    return Text(*(told[lang][:1].lower() + told[lang][1:] for lang in ("fr", "en")))


def _share(score: float) -> Cell:
    """A share that is never rounded up to the whole: a row that fails is seen."""
    return Shown(min(score, 0.999) if score < 1 else score)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _age(days: int | None) -> Cell:
    return Unknown(UnknownReason.NO_DATA) if days is None else Shown(max(0, days))

"""Puts a quality report together: runs the checks over the current rows of a vault, names files and columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import duckdb

from publicc.collective.profiles import OrganizationProfile
from publicc.intake.checks import defects, scored, sources
from publicc.intake.checks.catalogue import FAULTS, SCORED, Entry
from publicc.intake.checks.contacts import judge_contacts
from publicc.intake.checks.defect_words import DEFECTS
from publicc.intake.checks.report import (
    Dimension,
    DimensionScore,
    Fill,
    Finding,
    Freshness,
    QualityReport,
    Score,
    in_order,
)
from publicc.intake.checks.rows import Measured, Place
from publicc.intake.checks.severity import severity_of, severity_of_field
from publicc.intake.mapping.targets import Target
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text

OLD_DAYS: Final = 31
"""Sales older than that at `as_of` are worth saying."""
SELDOM: Final = 0.05
"""An empty field is worth a finding from that share of rows."""
_HISTORY: Final = "no_history_gap"
_ALSO: Final = {
    "amount": ("line_total", "order_total"), "discipline": ("genre",), "first_name": ("full_name",),
    "last_name": ("full_name",),
    "taxes": ("amount", "line_total"), "order_total": ("line_total",),
}  # fmt: skip
"""Meaning → the ones that stand for it when the file has none."""


def quality_report(
    vault: duckdb.DuckDBPyConnection, *, organization: OrganizationProfile, as_of: date
) -> QualityReport:
    """The quality of everything current in `vault`, as of a date. Reads the vault, writes nothing to it.

    Scores: docs/reference/quality.en.md (rows passing ÷ rows tested; a dimension is the plain mean of its checks).
    """
    judge_contacts(vault)
    scored.judge_rows(vault)
    measured = [*scored.row_scores(vault), *scored.key_scores(vault)]
    months, missing = scored.months_without_sales(vault, as_of)
    fill = sources.fill_by_year(vault)
    fresh = sources.freshness(vault, as_of)
    names = _Names(vault)
    found = [
        *_failing(measured, SCORED, names),
        *_gaps(months, missing),
        *_defects(list(defects.row_defects(vault, as_of)), names),
        *_of_sources(vault, fresh, fill),
        *_refused(vault, names),
    ]
    read, refused = sources.rows_account(vault)
    return QualityReport(
        organization=organization.slug,
        name=organization.name,
        as_of=as_of,
        dimensions=_dimensions(measured, months, len(missing)),
        findings=in_order(found),
        freshness=fresh,
        fill=fill,
        rows_read=read,
        rows_refused=refused,
        unmapped_label_share=sources.unmapped_share(vault),
    )


class _Names:
    """Names of the files and of their columns."""

    def __init__(self, vault: duckdb.DuckDBPyConnection) -> None:
        files = vault.execute("SELECT deposit_id, file_no, file_name, part FROM deposit_files").fetchall()
        self._files = {
            Place(d, f): str(name) if part in {"", name} else f"{name} › {part}" for d, f, name, part in files
        }
        columns = vault.execute(
            "SELECT deposit_id, file_no, target, header FROM deposit_columns WHERE target IS NOT NULL "
            "ORDER BY column_no DESC"
        ).fetchall()
        self._columns = {(Place(d, f), str(target)): str(header) for d, f, target, header in columns}

    def file(self, place: Place) -> str:
        return self._files.get(place, "")

    def column(self, place: Place, target: str) -> str:
        """The header with that meaning in that file, or of a meaning that stands for it; empty when it has none."""
        for meaning in (target, *_ALSO.get(target, ())):
            if header := self._columns.get((place, meaning)):
                return header
        return ""


@dataclass(frozen=True, slots=True)
class _Counts:
    tested: int = 0
    passed: int = 0


def _dimensions(measured: Sequence[Measured], months: int, missing: int) -> tuple[DimensionScore, ...]:
    totals: dict[str, _Counts] = {}
    for one in measured:
        before = totals.get(one.check, _Counts())
        totals[one.check] = _Counts(before.tested + one.tested, before.passed + one.tested - one.failed)
    totals[_HISTORY] = _Counts(months, months - missing)
    return tuple(
        DimensionScore(
            dimension,
            tuple(
                Score(check, dimension, entry.label, totals[check].tested, totals[check].passed)
                for check, entry in SCORED.items()
                if entry.dimension is dimension and check in totals and totals[check].tested
            ),
        )
        for dimension in Dimension
        if dimension is not Dimension.FRESHNESS
    )


def _failing(measured: Sequence[Measured], words: dict[str, Entry], names: _Names) -> Iterator[Finding]:
    for one in measured:
        if one.failed:
            yield _at(one, one.check, words[one.check], names)


def _at(one: Measured, check: str, entry: Entry, names: _Names, *, target: str | None = None) -> Finding:
    return Finding(
        check=check,
        dimension=entry.dimension,
        severity=severity_of(check, one.failed, one.tested),
        label=FAULTS.get(check, entry.label),
        file=names.file(one.place),
        column=names.column(one.place, target if target is not None else entry.target),
        rows=one.rows,
        count=one.failed,
        tested=one.tested,
        why=entry.why,
        do=entry.do,
    )


def _defects(measured: Sequence[Measured], names: _Names) -> Iterator[Finding]:
    for one in measured:
        check, _, about = one.check.partition(":")
        if not one.failed:
            continue
        if check == "empty":
            if one.failed >= SELDOM * one.tested:
                found = _at(one, "empty_field", DEFECTS["empty_field"], names, target=about)
                severity = severity_of_field(about, one.failed, one.tested)
                yield replace(found, label=_of_field(found.label, Target(about).label), severity=severity)
        elif about:
            yield _at(one, check, DEFECTS[check], names, target="starts_at" if about == "starts_on" else "ordered_at")
        else:
            yield _at(one, check, DEFECTS[check], names)


def _of_field(label: Text, field: Text) -> Text:
    return Text(f"{label.fr} : {field.fr.lower()}", f"{label.en}: {field.en.lower()}")


def _whole(check: str, entry: Entry, count: int, tested: int | None = None, *, detail: Text | None = None) -> Finding:
    """A finding about sources rather than rows; `detail` completes why."""
    why = Text(f"{entry.why.fr} {detail.fr}", f"{entry.why.en} {detail.en}") if detail else entry.why
    severity = severity_of(check, count, tested)
    label = FAULTS.get(check, entry.label)
    return Finding(check, entry.dimension, severity, label, "", "", (), count, why, entry.do, tested)


def _gaps(months: int, missing: Sequence[date]) -> Iterator[Finding]:
    if missing:
        named = ", ".join(month.strftime("%Y-%m") for month in missing[:24])
        detail = Text(f"Mois : {named}.", f"Months: {named}.")
        yield _whole(_HISTORY, SCORED[_HISTORY], len(missing), months, detail=detail)


def _of_sources(
    vault: duckdb.DuckDBPyConnection, fresh: tuple[Freshness, ...], fill: tuple[Fill, ...]
) -> Iterator[Finding]:
    if len(fresh) > 1:
        said = [one.said for one in sources.seams(fresh)]
        detail = Text(" ".join(one.fr for one in said), " ".join(one.en for one in said))
        yield _whole("several_sources", DEFECTS["several_sources"], len(fresh), detail=detail)
        twice, known = sources.sold_twice(vault)
        if twice:
            yield _whole("sold_twice", DEFECTS["sold_twice"], twice, known)
    reused, both = sources.codes_reused(vault)
    if reused:
        yield _whole("codes_reused", DEFECTS["codes_reused"], reused, both)
    repeated, records = sources.records_repeated(vault)
    if repeated:
        yield _whole("several_bases", DEFECTS["several_bases"], repeated, records)
    newest = min((one.days for one in fresh if one.days is not None), default=None)
    if newest is not None and newest > OLD_DAYS:
        detail = Text(f"Dernière vente il y a {newest} jours.", f"Last sale {newest} days ago.")
        yield replace(_whole("last_contact", DEFECTS["last_contact"], newest, detail=detail), unit=Unit.DAYS)
    for drop in sources.drops(fill):
        detail = Text(f"{drop.label.fr}, {drop.period}.", f"{drop.label.en}, {drop.period}.")
        yield _whole("fill_drop", DEFECTS["fill_drop"], drop.rows - drop.filled, drop.rows, detail=detail)


def _refused(vault: duckdb.DuckDBPyConnection, names: _Names) -> Iterator[Finding]:
    entry = DEFECTS["refused"]
    for one in sources.refused_rows(vault):
        why = Text(f"{one.why.fr} {entry.why.fr}", f"{one.why.en} {entry.why.en}")
        yield Finding(
            "refused", entry.dimension, severity_of("refused", one.count, None), entry.label, names.file(one.place),
            one.header, one.rows, one.count, why, entry.do,
        )  # fmt: skip

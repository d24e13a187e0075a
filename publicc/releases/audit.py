"""Attack a stored release again: its seal, then as anyone, then as every member when the pool is there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from publicc.disclosure.attempts import Attempts, Success
from publicc.disclosure.audit_money import audit_money
from publicc.disclosure.audit_persons import audit_persons
from publicc.disclosure.beside import number_believed
from publicc.disclosure.granted import audit_granted
from publicc.disclosure.isolation import isolated_units
from publicc.disclosure.outsider import attack_counts, attack_sums
from publicc.disclosure.policy import GroupRules, MoneyRules, PersonRules, Policy, check_floor
from publicc.disclosure.rounding import rounded_count, significant
from publicc.disclosure.tables import Table, membership_table, merged
from publicc.kernel.period import Period
from publicc.releases.contents import (
    BUYERS,
    COHORT,
    COMPARISON,
    SUMS,
    SUPPLY,
    CatalogueTable,
    buyers_told,
    segments_catalogue,
    segments_table,
)
from publicc.releases.cube import sum_members, sum_units
from publicc.releases.files import CERTIFICATE_FILE, ReleasedCell, StoredRelease, read_release, sealed_file
from publicc.releases.granted import NOTHING_GRANTED, Granted
from publicc.releases.grouping import Grouping
from publicc.releases.history import voters_of
from publicc.releases.profiled import MODEL_FILE, Profiling, segment_units, tell_segments
from publicc.releases.supply import supply_cells
from publicc.releases.tiers import PUBLIC
from publicc.releases.units import OrganizationFigures, organization_figures, person_units, snapshot_facts


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What the attacks gave. `altered`: cells that are not what the pool gives; None when the pool was not there.

    `closed` is False for a release made before any period was closed for long enough: it shows nothing.
    """

    release: str
    attempts: Mapping[str, Attempts]
    altered: int | None
    closed: bool

    @property
    def held(self) -> bool:
        """Whether every attack failed and no cell was altered."""
        return not self.altered and not any(tally.within or tally.exact for tally in self.attempts.values())


def audit_release(
    folder: Path,
    *,
    pool: Path | None = None,
    public_key: str | None = None,
    granted: Granted = NOTHING_GRANTED,
    profiling: Callable[[str], Profiling] | None = None,
) -> AuditReport:
    """Rerun the attacks on the release stored in `folder`; `granted`: with what partners of a show were shown besides.

    `profiling`: how to read the model by which a release counts people; without it, those counts are attacked from
    outside only. Without `pool`, as an outsider. With the pool snapshot it was made from, as every member too, and each
    figure is computed again. Raises ReleaseRefused when the seal does not hold, NotFound when there is no release.
    """
    release = read_release(folder, public_key=public_key)
    policy = policy_of(release.certificate)
    check_floor(policy)
    attempts = _as_outsider(release, policy)
    name, closed = str(release.certificate["release"]), bool(release.certificate["closed"])
    if pool is None:
        return AuditReport(name, attempts, None, closed)
    inside, altered = _with_pool(release, (pool, granted), policy)
    model = sealed_file(release, MODEL_FILE)
    if profiling and model is not None:
        segments, more = _segments_with_pool(release, pool, policy, profiling(model.decode()))
        inside, altered = inside | segments, altered + more
    return AuditReport(name, {**attempts, **inside}, altered, closed)


def audit_grants(folder: Path, *, pool: Path, granted: Granted) -> dict[str, Attempts]:
    """Only the attacks of those who were granted figures of shows, alone and in pairs, on a stored release: by metric.

    `pool`: the snapshot that the amounts are read from. Raises ReleaseRefused when the seal does not hold.
    """
    release = read_release(folder)
    policy, told = policy_of(release.certificate), release.certificate
    with snapshot_facts(pool, frozenset(told["membership"]) or None) as connection:
        figures = _figures_of(connection, told)
    found: dict[str, Attempts] = {}
    for table in SUMS:
        for tally in _by_grantees(release, table, (figures, granted), policy).values():
            found[table.metric] = found.get(table.metric, Attempts()) + tally
    return found


def release_in(folder: Path) -> Path:
    """The release that a person means: the folder itself, or the `release` inside what `publicc run` left."""
    inside = folder / "release"
    return inside if (inside / CERTIFICATE_FILE).is_file() and not (folder / CERTIFICATE_FILE).is_file() else folder


def pool_beside(release: Path) -> Path | None:
    """The pool that `publicc run` left beside its release; None when there is none."""
    beside = release.resolve().parent / "pool"
    return beside if (beside / "purchases.parquet").is_file() else None


def policy_of(certificate: Mapping[str, Any]) -> Policy:
    """The policy a certificate says it was made under."""
    told = certificate["policy"]
    return Policy(
        told["version"],
        PersonRules(**told["persons"]),
        MoneyRules(**told["money"]),
        PersonRules(**told["public_persons"]),
        MoneyRules(**told["public_money"]),
        GroupRules(**told.get("groups", {})),
    )


def _as_outsider(release: StoredRelease, policy: Policy) -> dict[str, Attempts]:
    """What anyone concludes from all that members read, then from what anybody reads, under the stricter rules."""
    buyers, attempts = buyers_told(release.certificate), dict[str, Attempts]()
    for name, tier, persons, money in (
        ("outsider", None, policy.persons, policy.money),
        ("outsider_public", PUBLIC, policy.public_persons, policy.public_money),
    ):
        attempts[f"{name}_persons"] = attack_counts(buyers, _counts(release, buyers, tier), persons)
        if codes := _profiles_of(release):
            segments, told = segments_table(codes), _segments(release, codes, tier)
            attempts[f"{name}_segments"] = attack_counts(segments, told, persons)
        for table in SUMS:
            design = _sum_table(release, table)
            attempts[f"{name}_{table.id}"] = attack_sums(design, _shown(release, table, design, tier=tier), money)
    attempts["public_groups"] = _public_groups(release)
    return attempts | _asked_groups(release)


def _public_groups(release: StoredRelease) -> Attempts:
    """Whether anybody's groups of quantiles, put together, leave one organization alone beside at most two others.

    Membership is all that is needed: of each figure, everyone who may have voted.
    """
    members, heads = release.certificate["membership"], release.certificate.get("legal_groups", {})
    design = merged(membership_table(COHORT, members), [heads.get(slug, slug) for slug in sorted(members)])
    place = {key: at for at, key in enumerate(design.cells)}
    groups = {
        place[tuple((one.name, row[one.name]) for one in COHORT if row[one.name] is not None)]
        for row in release.cells.to_pylist()
        if (row["table"], row["tier"], row["state"]) == (COMPARISON, PUBLIC, "shown")
    }
    alone = isolated_units(design.matrix, sorted(groups))
    successes = tuple(Success(unit, None) for unit in sorted(alone))
    return Attempts(len(design.units), len(alone), len(alone), successes)


def _asked_groups(release: StoredRelease) -> dict[str, Attempts]:
    """Whether groups that members asked for, beside all that everyone reads, leave somebody alone or nearly.

    As if all members put together what they read: an organization that they and two others single out is found.
    Nothing when nobody asked for any.
    """
    tally = Attempts()
    for one in voters_of(release).values():
        if not one.asked:
            continue
        units = sorted(one.panel.union(*one.groups, *one.asked))
        rows = np.array([[unit in group for unit in units] for group in (*one.groups, *one.asked)], dtype=np.int64)
        common = range(len(one.groups))
        alone = isolated_units(rows, range(len(rows))) - isolated_units(rows, common)
        tally += Attempts(len(units), len(alone), len(alone), tuple(Success(unit, None) for unit in sorted(alone)))
    return {"asked_groups": tally} if tally.run else {}


def _with_pool(release: StoredRelease, known: tuple[Path, Granted], policy: Policy) -> tuple[dict[str, Attempts], int]:
    pool, granted = known
    told = release.certificate
    period, buyers = _period_of(told), buyers_told(told)
    with snapshot_facts(pool, frozenset(told["membership"]) or None) as connection:
        figures = _figures_of(connection, told)
        persons = person_units(connection, period, buyers, figures.legal_groups)
        altered = _supply_altered(release, list(supply_cells(connection, period, policy.public_money, PUBLIC)))
    counts, public = _counts(release, buyers, None), _counts(release, buyers, PUBLIC)
    people = buyers.matrix @ persons.persons
    altered += sum(rounded_count(int(people[at]), policy.persons.round_to) != count for at, count in counts.items())
    attempts = {
        "persons": audit_persons(buyers.matrix, list(counts), persons, policy.persons),
        "public_persons": audit_persons(buyers.matrix, list(public), persons, policy.public_persons),
    }
    for table in SUMS:
        design, amounts = sum_units(figures, table)
        sums, open_to_all = _shown(release, table, design), _shown(release, table, design, tier=PUBLIC)
        totals, digits = design.matrix @ amounts, policy.money.sum_digits
        altered += sum(significant(Decimal(str(totals[at])), digits) != total for at, total in sums.items())
        attempts[f"money_{table.id}"] = audit_money(design.matrix, list(sums), amounts, policy.money)
        attempts[f"public_{table.id}"] = audit_money(design.matrix, list(open_to_all), amounts, policy.public_money)
        attempts |= _by_grantees(release, table, (figures, granted), policy)
    return attempts, int(altered)


def _segments_with_pool(
    release: StoredRelease, pool: Path, policy: Policy, by: Profiling
) -> tuple[dict[str, Attempts], int]:
    """The attacks of members on people by profile and parcours, and how many of these counts the pool does not give."""
    told, table = release.certificate, segments_table(by.codes)
    buyers = buyers_told(told)
    with snapshot_facts(pool, frozenset(told["membership"]) or None) as connection:
        period, groups = _period_of(told), _figures_of(connection, told).legal_groups
        tell_segments(connection, period, by)
        persons = segment_units(connection, groups, table=table)
        first = person_units(connection, period, buyers, groups)
    people, counts = table.matrix @ persons.persons, _segments(release, by.codes, None)
    altered = sum(rounded_count(int(people[at]), policy.persons.round_to) != count for at, count in counts.items())
    attempts = {}
    for name, tier, rules in (("segments", None, policy.persons), ("public_segments", PUBLIC, policy.public_persons)):
        known = number_believed(buyers, list(_counts(release, buyers, tier)), first, rules)
        out = list(_segments(release, by.codes, tier))
        attempts[name] = audit_persons(table.matrix, out, persons, rules, total=known.by_everyone)
    return attempts, int(altered)


def _profiles_of(release: StoredRelease) -> tuple[str, ...]:
    """The profiles by which a release counts people; none when it does not."""
    return tuple(release.certificate.get("profiles", {}).get("names", {}))


def _segments(release: StoredRelease, codes: Sequence[str], tier: str | None) -> dict[int, int]:
    shown = _shown(release, segments_catalogue(codes), segments_table(codes), tier=tier)
    return {at: int(value) for at, value in shown.items()}


def _figures_of(connection: duckdb.DuckDBPyConnection, told: Mapping[str, Any]) -> OrganizationFigures:
    """Membership and amounts as when the release was made."""
    as_of = date.fromisoformat(told["as_of"])
    return organization_figures(connection, _period_of(told), as_of, _grouping_of(told), compared=False)


def _period_of(certificate: Mapping[str, Any]) -> Period:
    told = certificate["period"]
    return Period(date.fromisoformat(told["from"]), date.fromisoformat(told["to"]))


def _grouping_of(certificate: Mapping[str, Any]) -> Grouping:
    heads = certificate.get("legal_groups", {})
    return Grouping({**heads, **{head: head for head in heads.values()}})


def _by_grantees(
    release: StoredRelease, table: CatalogueTable, known: tuple[OrganizationFigures, Granted], policy: Policy
) -> dict[str, Attempts]:
    """The attacks of partners of shows on the sums of a table, as members read them and as anybody does."""
    figures, granted = known
    knowers = granted.knowers(table.metric, sum_members(figures, table), figures.heads)
    if not knowers:
        return {}
    design, amounts = sum_units(figures, table)
    return {
        f"{named}_{table.id}": audit_granted(
            design.matrix, list(_shown(release, table, design, tier=tier)), amounts, rules, knowers
        )
        for named, tier, rules in (("grants", None, policy.money), ("public_grants", PUBLIC, policy.public_money))
    }


def _supply_altered(release: StoredRelease, again: Iterable[ReleasedCell]) -> int:
    """Performances by month and weekday that are not what the pool gives."""
    told = [row for row in release.cells.to_pylist() if row["table"] == SUPPLY.id]
    counted = {(row["month"], row["weekday"]): row["value"] for row in (cell.as_row() for cell in again)}
    return sum(counted[row["month"], row["weekday"]] != row["value"] for row in told)


def _counts(release: StoredRelease, buyers: Table, tier: str | None) -> dict[int, int]:
    return {at: int(value) for at, value in _shown(release, BUYERS, buyers, tier=tier).items()}


def _sum_table(release: StoredRelease, table: CatalogueTable) -> Table:
    """Membership is public: the certificate says who is where and brought an amount."""
    members = release.certificate["membership"]
    told = {slug: members[slug] for slug in release.certificate["sum_members"].get(table.metric, ())}
    return membership_table(table.dimensions, told)


def _shown(
    release: StoredRelease, table: CatalogueTable, design: Table, *, tier: str | None = None
) -> dict[int, Decimal]:
    """Cells of the table that are shown: their row in the design, and the value as published."""
    place = {key: at for at, key in enumerate(design.cells)}
    names = [dimension.name for dimension in table.dimensions]
    return {
        place[tuple((name, row[name]) for name in names if row[name] is not None)]: Decimal(str(row["value"]))
        for row in release.cells.to_pylist()
        if row["table"] == table.id and row["state"] == "shown" and tier in {None, row["tier"]}
    }

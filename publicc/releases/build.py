"""Build a release: choose the closed period, protect the cube, analyse it, sign it, write it in one step."""

import json
import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from publicc import __version__
from publicc.disclosure.attempts import Attempts
from publicc.disclosure.policy import DEFAULT_POLICY, Policy, ReleaseRefused, check_floor
from publicc.disclosure.seal import Signer, digest, sealed
from publicc.kernel.cells import Shown
from publicc.kernel.errors import BadInput
from publicc.kernel.period import Period, months_before, season_period, season_year
from publicc.kernel.text import Text
from publicc.releases.brought import NOTHING_BROUGHT, Brought
from publicc.releases.consent import EVERYONE, Consent
from publicc.releases.contents import COMPARED, SUMS
from publicc.releases.criteria import criteria_block
from publicc.releases.cube import Cube, build_cube, nothing_yet, sum_members
from publicc.releases.files import CELLS_FILE, GROUPS_FILE, cells_bytes, member_file, write_release
from publicc.releases.granted import NOTHING_GRANTED, Granted
from publicc.releases.grouping import NO_GROUPS, Grouping
from publicc.releases.history import History, voters_as_json
from publicc.releases.profiled import MODEL_FILE, Profiling
from publicc.releases.signing import signer_of
from publicc.releases.units import performance_days, snapshot_facts
from publicc.store.home import Home
from publicc.store.manifest import MANIFEST_FILE

SEED: Final = 20190901
TECHNIQUES: Final = (
    "global recoding: values that may not be shown alone are told with their neighbours",
    "primary suppression (other persons, other organizations, dominance, p %)",
    "complementary suppression by elimination modulo two primes",
    "isolation test, coalitions of two",
    "linear-programming audit, every member as the attacker",
    "Harrell-Davis quantiles, one organization one vote",
    "rounding",
)
LIMITS: Final = (
    "Bounds assume non-negative amounts, public membership and no registered outside figure.",
    "The pattern of withheld cells tells a little; it is not measured here.",
    "Coalitions of more than two members are not excluded.",
    "Quantiles have no interval guarantee: groups, lag and rounding protect them.",
    "Every organization counts as its own legal group unless told otherwise.",
    "Each member reads figures computed without itself: members who put theirs together read several nearly alike.",
)


def build_release(  # noqa: PLR0913 - all that decides what a release says
    snapshot_folder: Path,
    out_dir: Path,
    *,
    policy: Policy = DEFAULT_POLICY,
    period: Period | None = None,
    as_of: date | None = None,
    signer: Signer | None = None,
    history: History | None = None,
    consent: Consent = EVERYONE,
    granted: Granted = NOTHING_GRANTED,
    grouping: Grouping = NO_GROUPS,
    brought: Brought = NOTHING_BROUGHT,
    profiling: Profiling | None = None,
) -> dict[str, Any]:
    """Compute, protect, audit, sign and write the release of a closed period into `out_dir`; gives its certificate.

    `history`: the releases that members have read already; the new one is protected with them. `consent`: whose rows
    are counted and whose figures compared; nothing of the others is read. `granted`: exact figures that partners of a
    show were shown. `grouping`: who counts as one, and the groups that members asked for. `brought`: figures to compare
    that the pool does not hold. `profiling`: of the model in force, by which persons are counted too. `period`: the
    last season closed for long enough; when there is none, every cell is withheld. `as_of`: the snapshot's own day,
    else the last performance's. Raises ReleaseRefused when the policy is too lax, the period asked for is not closed,
    or an attack succeeds, and BadInput when a table is missing: nothing is written then.
    """
    check_floor(policy)
    told = _manifest(snapshot_folder)
    with snapshot_facts(snapshot_folder, consent.counted) as connection:
        days = performance_days(connection)
        today = _day_of(as_of or _as_of(told), days)
        chosen = _closed(period, today, policy) if period else last_closed_season(days, today, policy)
        earlier = _not_again(history or History(), chosen)
        cube = (
            build_cube(
                connection,
                chosen,
                today,
                policy,
                history=earlier,
                consent=consent,
                granted=granted,
                grouping=grouping,
                brought=brought,
                profiling=profiling,
            )
            if is_closed(chosen, today, policy)
            else nothing_yet()
        )
    _check_nothing_was_found(cube)
    cells = cells_bytes(cube.cells)
    stamp = {"snapshot": told.get("id"), "as_of": today.isoformat(), "closed": is_closed(chosen, today, policy)}
    files = _files_of(cube)
    stamp |= {"files": {name: digest(content) for name, content in files.items()}}
    certificate = sealed(
        _certificate(cube, cells, policy, chosen) | stamp, signer or signer_of(Home.from_environment())
    )
    write_release(out_dir, {CELLS_FILE: cells, **files}, certificate)
    return certificate


def _day_of(as_of: date | None, days: tuple[date, date] | None) -> date:
    """The day asked for or the snapshot's own, else the last performance's. Raises BadInput without any."""
    found = as_of or (days[1] if days else None)
    if found is None:
        raise BadInput(
            Text("Aucune représentation à compter.", "There is no performance to count."),
            do=Text("Déposer des représentations datées.", "Deposit performances with dates."),
        )
    return found


def _files_of(cube: Cube) -> dict[str, bytes]:
    """Beside the cells that everyone reads: each member's own, who voted, and the model that told the profiles."""
    files = {member_file(slug): cells_bytes(told) for slug, told in sorted(cube.by_member.items())}
    model = {MODEL_FILE: cube.profiling.file.encode()} if cube.profiling else {}
    return {**files, GROUPS_FILE: voters_as_json(cube.voters), **model}


def _check_nothing_was_found(cube: Cube) -> None:
    """Raise ReleaseRefused when an attack on the cells succeeded, or one of the three criteria does not hold."""
    if any(tally.successes for tally in cube.attempts.values()):
        raise ReleaseRefused(
            Text("Une attaque a réussi : rien n'a été publié.", "An attack succeeded: nothing was published.")
        )
    if cube.criteria is not None and not cube.criteria.held:
        raise ReleaseRefused(
            Text(
                "Un des trois critères d'anonymisation ne tient pas : rien n'a été publié.",
                "One of the three criteria of anonymization does not hold: nothing was published.",
            ),
            do=Text("Retirer des croisements du catalogue.", "Take cuts out of the catalogue."),
        )


def period_to_release(
    snapshot_folder: Path, policy: Policy, *, as_of: date | None = None, consent: Consent = EVERYONE
) -> Period | None:
    """The period that a release is of when none is asked for; None when there is no performance to count."""
    with snapshot_facts(snapshot_folder, consent.counted) as connection:
        days = performance_days(connection)
    today = as_of or _as_of(_manifest(snapshot_folder)) or (days[1] if days else None)
    return last_closed_season(days, today, policy) if today else None


def last_closed_season(days: tuple[date, date] | None, today: date, policy: Policy) -> Period:
    """The last season of the data that ended long enough before `today`; the first of the data when none did."""
    latest = season_year(months_before(today, policy.money.lag_months)) - 1
    if days is None:
        return season_period(latest)
    return season_period(max(season_year(days[0]), min(latest, season_year(days[1]))))


def is_closed(period: Period, today: date, policy: Policy) -> bool:
    """Whether the period ended long enough before `today`."""
    return period.last_on <= months_before(today, policy.money.lag_months)


def _not_again(history: History, period: Period) -> History:
    """What was read stays true: a period that members have read is never computed again from later data."""
    if not history.holds(period):
        return history
    raise ReleaseRefused(
        Text("Cette période a déjà été publiée.", "This period was released already."),
        found=Text(f"Du {period.first_on} au {period.last_on}.", f"From {period.first_on} to {period.last_on}."),
        do=Text(
            "Ses chiffres sont figés : publier la période suivante.",
            "Its figures are frozen: release the next period.",
        ),
    )


def _closed(period: Period, today: date, policy: Policy) -> Period:
    if is_closed(period, today, policy):
        return period
    raise ReleaseRefused(
        Text(
            "Cette période n'est pas close depuis assez longtemps.",
            "This period has not been closed for long enough.",
        ),
        found=Text(
            f"Fin {period.last_on}, calcul au {today}; il faut {policy.money.lag_months} mois.",
            f"End {period.last_on}, as of {today}; {policy.money.lag_months} months are needed.",
        ),
        do=Text("Choisir une période plus ancienne.", "Choose an earlier period."),
    )


def _certificate(cube: Cube, cells: bytes, policy: Policy, period: Period) -> dict[str, Any]:
    states = Counter((cell.table, isinstance(cell.cell, Shown)) for cell in cube.cells)
    tables = sorted({cell.table for cell in cube.cells})
    return {
        "release": digest(cells)[:16],
        "period": {"from": period.first_on.isoformat(), "to": period.last_on.isoformat()},
        "tiers": sorted({cell.tier for cell in cube.cells}),
        "content_hash": digest(cells),
        "code_version": __version__,
        "policy": {**asdict(policy), "digest": policy.digest()},
        "techniques": list(TECHNIQUES),
        "cells": {
            "shown": sum(n for (_, shown), n in states.items() if shown),
            "withheld": sum(n for (_, shown), n in states.items() if not shown),
            "tables": {t: {"shown": states[t, True], "withheld": states[t, False]} for t in tables},
        },
        "audit": audit_block(cube.attempts),
        "three_criteria": criteria_block(cube.criteria),
        **_profiles_block(cube),
        "membership": {slug: dict(told) for slug, told in sorted(cube.figures.membership.items())},
        "names": dict(sorted(cube.figures.names.items())),
        "legal_groups": {slug: head for slug, head in sorted(cube.figures.heads.items()) if slug != head},
        "sum_members": {table.metric: sum_members(cube.figures, table) for table in SUMS if cube.figures.sums},
        "brought": sorted(set(cube.figures.ratios) - {one.metric for one in COMPARED}),
        "counts_persons": cube.counts_persons,
        "cuts": [{"by": list(names), "values": [list(one) for one in told]} for names, told in cube.cuts.items()],
        "utility": {
            "persons_published": {name: round(share, 4) for name, share in sorted(cube.persons_published.items())},
            "comparisons_by_member": _utility(cube),
        },
        "limits": list(LIMITS),
        "seed": SEED,
    }


def _profiles_block(cube: Cube) -> dict[str, Any]:
    """Which model told the profiles, and the criteria on what was counted by them; nothing when nobody was."""
    if cube.profiling is None:
        return {}
    return {"profiles": cube.profiling.told(), "three_criteria_segments": criteria_block(cube.segments_criteria)}


def _utility(cube: Cube) -> dict[str, float]:
    """Share of the figures compared, over everyone, that members read: the median member's, the worst one's."""
    shares = sorted(
        sum(isinstance(cell.cell, Shown) for cell in whole) / len(whole)
        for cells in cube.by_member.values()
        if (whole := [cell for cell in cells if cell.statistic == "median" and not cell.key])
    )
    return {"median": round(statistics.median(shares), 4), "least": round(shares[0], 4)} if shares else {}


def audit_block(attempts: Mapping[str, Attempts]) -> dict[str, Any]:
    """The tallies of attacks, as the certificate says them."""
    whole = sum(attempts.values(), Attempts())
    by_kind = {kind: {"attacks": t.run, "exact": t.exact, "within": t.within} for kind, t in sorted(attempts.items())}
    return {"attacks": whole.run, "exact": whole.exact, "within": whole.within, "by_kind": by_kind}


def _manifest(folder: Path) -> dict[str, Any]:
    file = folder / MANIFEST_FILE
    if not file.is_file():
        return {}
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def _as_of(told: dict[str, Any]) -> date | None:
    return date.fromisoformat(told["as_of"]) if "as_of" in told else None

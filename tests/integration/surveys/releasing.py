"""A release in force that compares surveys alone: the real protection, without the pool behind the other figures."""

from collections.abc import Mapping
from datetime import date

from publicc.disclosure.policy import DEFAULT_POLICY
from publicc.disclosure.seal import Signer, digest, sealed
from publicc.kernel.period import Period
from publicc.releases.compared import comparisons
from publicc.releases.consent import EVERYONE
from publicc.releases.contents import COHORT, COMPARED, SUMS
from publicc.releases.files import CELLS_FILE, cells_bytes, member_file, write_release
from publicc.releases.history import History
from publicc.releases.publication import Approval, folder_of, publish
from publicc.releases.units import OrganizationFigures
from publicc.store.home import Home


def release_surveys(home: Home, signer: Signer, period: Period, ratios: Mapping[str, Mapping[str, float]]) -> None:
    """Compare these figures (metric → organization → value) over the period, and put them in force."""
    slugs = sorted({slug for own in ratios.values() for slug in own} | {f"house-{at}" for at in range(12)})
    place = {slug: {one.name: one.values[0] for one in COHORT} for slug in slugs}
    nothing: dict[str, Mapping[str, float]] = {one.metric: {} for one in COMPARED}
    figures = OrganizationFigures(place, {one.metric: {} for one in SUMS}, nothing | dict(ratios))
    common, by_member, _ = comparisons(figures, DEFAULT_POLICY, History(), consent=EVERYONE)
    cells = cells_bytes(common)
    files = {member_file(slug): cells_bytes(told) for slug, told in by_member.items()}
    told = {
        "release": "surveys", "period": {"from": str(period.first_on), "to": str(period.last_on)},
        "content_hash": digest(cells), "policy": {"version": "1", "money": {"others": 5}}, "membership": place,
        "files": {name: digest(content) for name, content in files.items()},
    }  # fmt: skip
    folder = folder_of(home, period)
    write_release(folder, {CELLS_FILE: cells, **files}, sealed(told, signer))
    publish(folder, [Approval(one, "OPERATOR", "2026-01-01") for one in "ab"], signer=signer, on=date(2026, 1, 1))

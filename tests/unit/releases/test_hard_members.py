"""Collectives that protect badly: a giant, four members, nobody who played. Nothing is told of them, nothing breaks."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from publicc.disclosure.policy import DEFAULT_POLICY
from publicc.disclosure.protection import protect_persons, protect_sums
from publicc.disclosure.recoding import recoded
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.seal import Signer
from publicc.disclosure.tables import Table, membership_table
from publicc.kernel.cells import Shown
from publicc.kernel.period import season_period
from publicc.releases.audit import audit_release
from publicc.releases.build import build_release
from publicc.releases.contents import BUYERS, REVENUE, buyers_table
from tests.unit.releases.pool import write_pool

SIGNER = Signer("Pôle", Ed25519PrivateKey.from_private_bytes(bytes(32)))
AS_OF = date(2020, 1, 15)
GIANT = 9
"""A giant sells nine times what all others of its territory do: 90 %."""


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pool(tmp_path_factory.mktemp("four") / "pool", houses=4, persons=200)


def test_a_member_with_nine_tenths_of_a_territory_is_in_no_sum_that_tells_it() -> None:
    places = {f"h{at}": {"organization_region": "06" if at < 9 else "03"} for at in range(18)}
    told = {slug: {**place, "organization_discipline": "THEATRE"} for slug, place in sorted(places.items())}
    table = membership_table(REVENUE.dimensions, told)
    amounts = np.array([800.0 * GIANT if slug == "h0" else 100.0 for slug in sorted(told)])
    released = protect_sums(table, amounts, DEFAULT_POLICY.money)
    shown = [key for key, cell in zip(table.cells, released.cells, strict=True) if isinstance(cell, Shown)]
    assert shown == [
        (("organization_region", "03"),),
        (("organization_region", "03"), ("organization_discipline", "THEATRE")),
    ]
    assert (released.attempts.exact, released.attempts.within) == (0, 0)


def crowd(table: Table, region: str, of_the_giant: int) -> PersonUnits:
    """Two regions of ten organizations, forty persons each; in one of them the first holds far more."""
    told = np.zeros((10, len(table.units)), dtype=np.int64)
    for at, unit in enumerate(table.units):
        named = dict(unit)
        if (named["main_discipline"], named["organizations_visited"]) == ("THEATRE", "1"):
            if named["buyer_region"] in {"06", "03"}:
                told[:, at] = 40
            if named["buyer_region"] == region:
                told[0, at] = of_the_giant
    pairs = np.zeros((10, 10, len(table.units)), dtype=np.int64)
    for at, own in enumerate(told):
        pairs[at, at] = own
    return PersonUnits(told.sum(axis=0), told, pairs)


def test_a_region_where_one_member_holds_nine_tenths_is_told_with_another_or_not_at_all() -> None:
    table = buyers_table()
    for persons, alone in ((40, True), (40 * 9 * GIANT, False)):
        units = crowd(table, "03", persons)
        offer = recoded(table, units, DEFAULT_POLICY.persons, BUYERS.offered or ())
        cells = protect_persons(offer.table, units, DEFAULT_POLICY.persons, among=offer.offered).cells
        shown = {key for key, cell in zip(offer.table.cells, cells, strict=True) if isinstance(cell, Shown)}
        regions = {dict(key)["buyer_region"] for key in shown if len(key) == 1 and key[0][0] == "buyer_region"}
        assert any("03" in one.split("|") for one in regions) is alone


def test_four_members_are_compared_with_nobody_and_no_amount_is_told(four: Path, tmp_path: Path) -> None:
    build_release(four, tmp_path / "r", as_of=AS_OF, signer=SIGNER)
    shown = {row["table"] for row in pq.read_table(tmp_path / "r" / "cells.parquet").to_pylist() if row["value"]}
    assert shown <= {"buyers"}
    assert audit_release(tmp_path / "r", pool=four).held


def test_a_period_in_which_nobody_played_is_released_empty(four: Path, tmp_path: Path) -> None:
    told = build_release(four, tmp_path / "r", period=season_period(2015), as_of=AS_OF, signer=SIGNER)
    assert told["cells"]["shown"] == 0
    assert told["cells"]["withheld"] > 0
    report = audit_release(tmp_path / "r", pool=four)
    assert (report.held, report.altered) == (True, 0)

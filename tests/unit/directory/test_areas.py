"""The areas shipped with Public C: small, valid as data, honest about what they are."""

import gzip
import json
from itertools import pairwise
from typing import Any

import pytest

from publicc.directory.areas import drawn_fsas, fsa_topojson_path, sources
from publicc.directory.places import fsas_table
from publicc.kernel.errors import NotFound

Ring = list[tuple[float, float]]


def topology(province: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(fsa_topojson_path(province).read_text(encoding="utf-8"))
    return told


def shapes(province: str) -> dict[str, list[list[Ring]]]:
    told = topology(province)
    (wide, high), (west, south) = told["transform"]["scale"], told["transform"]["translate"]
    arcs: list[Ring] = []
    for steps in told["arcs"]:
        x = y = 0
        arcs.append([(west + wide * (x := x + dx), south + high * (y := y + dy)) for dx, dy in steps])

    def ring(numbers: list[int]) -> Ring:
        points: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    return {
        one["id"]: [[ring(numbers) for numbers in part] for part in one["arcs"]]
        for one in told["objects"]["fsa"]["geometries"]
    }


def signed_area(ring: Ring) -> float:
    return sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairwise(ring)) / 2


@pytest.mark.parametrize(("province", "features"), [("QC", 421), ("ON", 525)])
def test_every_fsa_with_homes_is_drawn(province: str, features: int) -> None:
    drawn = drawn_fsas(province)
    assert len(drawn) >= features
    known = {row["fsa"] for row in fsas_table().to_pylist() if row["province"] == province}
    assert drawn <= known


@pytest.mark.parametrize("province", ["QC", "ON"])
def test_rings_close_and_exteriors_are_clockwise(province: str) -> None:
    for fsa, parts in shapes(province).items():
        for exterior, *holes in parts:
            assert exterior[0] == exterior[-1], fsa
            assert len(exterior) >= 4, fsa
            assert signed_area(exterior) < 0, fsa
            assert all(signed_area(hole) > 0 for hole in holes), fsa


def test_the_map_of_quebec_stays_small() -> None:
    raw = fsa_topojson_path().read_bytes()
    assert len(raw) <= 220_000
    assert len(gzip.compress(raw, 9)) <= 60_000


def test_neighbours_share_their_border() -> None:
    told = topology("QC")
    used = [
        n if n >= 0 else ~n
        for one in told["objects"]["fsa"]["geometries"]
        for part in one["arcs"]
        for r in part
        for n in r
    ]
    assert max(used.count(n) for n in set(used[:500])) == 2
    assert len(used) - len(set(used)) > 1000


def test_a_province_without_areas_says_so() -> None:
    with pytest.raises(NotFound):
        fsa_topojson_path("BC")
    with pytest.raises(NotFound):
        fsa_topojson_path("../qc")


def test_every_table_names_its_source_and_what_must_be_said() -> None:
    for source in sources().values():
        assert source.vintage
        assert "GeoNames" in source.attribution.fr
    assert "approximatives" in sources()["fsa_areas"].attribution.fr

"""lift-1 and typed-1: how much more a group takes an offer than the average buyer, and how sure that is."""

import pytest

from publicc.metrics.intervals import lift
from tests.spec.metrics.reading import by
from tests.spec.metrics.world import theatre


def test_lift_1_a_group_that_takes_dance_twice_as_often_as_the_average_buyer() -> None:
    assert lift(60, 100, 300, 1000) == pytest.approx((1.7135, 2.0, 2.3344), abs=1e-4)


def test_a_group_that_is_everyone_is_the_average_buyer_surely() -> None:
    assert lift(30, 100, 30, 100) == (1.0, 1.0, 1.0)


def test_a_group_that_never_took_it_may_still_take_it_a_little() -> None:
    assert lift(0, 100, 300, 1000) == pytest.approx((0, 0, 0.1))


def test_lift_1_parcours_lift_is_told_of_every_kind_of_offer_and_not_of_small_groups() -> None:
    regulars = [f"{night} | regular{i}" for night in ("D", "T1", "T2", "T3") for i in range(30)]
    newcomers = [f"T1 | new{i}" for i in range(90)] + ["D | back", "T1 | back"]
    facts = theatre(
        """performance_id | starts_on  | discipline
           D              | 2025-01-04 | DANCE
           T1             | 2025-01-06 | THEATRE
           T2             | 2025-01-13 | THEATRE
           T3             | 2025-01-20 | THEATRE""",
        "performance_id | buyer\n" + "\n".join([*regulars, *newcomers]),
        as_of="2025-06-30",
    )
    found = by(facts, "parcours_lift")
    dance = [found[f"REGULAR discipline:DANCE {bound}"] for bound in ("low", "middle", "high")]
    assert dance[1] == pytest.approx(121 / 31)
    assert dance[0] < dance[1] < dance[2]
    assert found["NEW discipline:DANCE middle"] == 0
    assert found["REGULAR weekday:6 middle"] == dance[1]
    assert found["REGULAR price_group:FULL middle"] == 1
    assert found["RETURNING discipline:DANCE middle"] == "NO_BASE 30_buyers"


def typed_theatre():
    """Four buyers, typed at the end of two seasons; rows of an organization, without its rollup."""
    facts = theatre(
        "performance_id | starts_on\n P | 2024-10-01\n Q | 2025-10-01",
        "performance_id | buyer\n" + "\n".join(f"{p} | {who}" for p in "PQ" for who in ("ada", "ben", "cam", "dee")),
        as_of="2026-06-30",
    )
    facts.execute("CREATE TABLE profiles_by_season (season SMALLINT, buyer INTEGER, buyer_id TEXT, profile TEXT)")
    told = {2024: "A A B -", 2025: "A B B B"}
    for season, codes in told.items():
        for number, (who, code) in enumerate(zip(("ada", "ben", "cam", "dee"), codes.split(), strict=True)):
            row = [season, number, who, None if code == "-" else code]
            facts.execute("INSERT INTO profiles_by_season VALUES (?, ?, ?, ?)", row)
    return facts


def test_typed_1_the_mix_of_each_season_and_who_moved() -> None:
    facts = typed_theatre()
    assert by(facts, "profile_share") == {
        "2024-2025 A": 0.5, "2024-2025 B": 0.25, "2024-2025 UNKNOWN": 0.25, "2025-2026 A": 0.25, "2025-2026 B": 0.75,
    }  # fmt: skip
    assert by(facts, "profile_transition") == {"A A": 0.5, "A B": 0.5, "B B": 1.0, "UNKNOWN B": 1.0}
    assert by(facts, "profile_share", period="2024-09-01..2025-08-31").keys() == {
        "2024-2025 A", "2024-2025 B", "2024-2025 UNKNOWN",
    }  # fmt: skip


def test_typed_1_profile_lift_needs_thirty_buyers_of_a_profile() -> None:
    assert set(by(typed_theatre(), "profile_lift").values()) == {"NO_BASE 30_buyers"}


def test_profiles_that_were_never_told_answer_nothing() -> None:
    facts = theatre(
        "performance_id | starts_on\n P | 2024-10-01", "performance_id | buyer\n P | ada", as_of="2025-06-30"
    )
    assert by(facts, "profile_share") == {}
    assert by(facts, "profile_transition") == {}
    assert by(facts, "profile_lift") == {}

"""parc-1 and aff-1: the lifecycle of buyers."""

from publicc.metrics.definitions.lifecycle import affinity
from tests.spec.metrics.reading import by
from tests.spec.metrics.world import theatre

VISITS = {
    "a": ("2025-02-01",),
    "b": ("2021-05-01", "2025-02-01"),
    "c": ("2023-10-01", "2024-01-10", "2024-05-02", "2024-11-11", "2025-04-04"),
    "d": tuple(f"2024-{month:02d}-15" for month in range(1, 12)),
    "e": ("2023-03-01", "2023-11-20"),
    "f": ("2022-08-31",),
    "g": ("2024-03-01",),
    "h": ("2025-11-15",),
}
CODES = {
    "a": "NEW", "b": "RETURNING", "c": "REGULAR", "d": "PASSIONATE", "e": "DORMANT", "f": "LOST", "g": "NEW", "h": "UPCOMING",
}  # fmt: skip


def parc_1(first: str = "2018-09-02"):
    days = sorted({day for visits in VISITS.values() for day in visits} | {first})
    tickets = [f"{day} | {buyer} | 2020-01-01" for buyer, visits in VISITS.items() for day in visits]
    return theatre(
        "performance_id | starts_on\n" + "\n".join(f"{day} | {day}" for day in days),
        "performance_id | buyer | ordered_on\n" + "\n".join([*tickets, f"{first} | – | 2018-09-01"]),
        as_of="2025-09-01",
    )


def test_parc_1_each_buyer_has_the_code_of_the_first_rule_that_fits() -> None:
    found = by(parc_1(), "paid_admission_count", "parcours")
    tickets = {"NEW": 2, "RETURNING": 2, "REGULAR": 5, "PASSIONATE": 11, "DORMANT": 2, "LOST": 1, "UNKNOWN": 1}
    assert found == tickets


def test_parc_1_the_mix_is_of_buyers_who_came_upcoming_apart() -> None:
    assert by(parc_1(), "parcours_share", period="2025-09-01..2025-09-01") == {
        "LOST": 1 / 7, "DORMANT": 1 / 7, "PASSIONATE": 1 / 7, "REGULAR": 1 / 7, "NEW": 2 / 7, "RETURNING": 1 / 7,
    }  # fmt: skip


def test_a_history_shorter_than_36_months_has_lost_nobody_it_knows_of() -> None:
    facts = theatre(
        "performance_id | starts_on\n A | 2025-01-01",
        "performance_id | buyer | ordered_on\n A | ada | 2024-12-01",
        as_of="2025-09-01",
    )
    assert by(facts, "parcours_share")["LOST"] == "NO_BASE history_36_months"


def test_aff_1_affinity_of_a_segment_for_a_discipline() -> None:
    assert affinity(30, 100, 150, 1000) == 200


def test_aff_1_a_segment_that_goes_to_dance_twice_as_often_as_everyone() -> None:
    nights = [(f"V{i:03d}", "DANCE" if i < 30 else "THEATRE") for i in range(100)]
    days = [f"2025-{1 + i // 25:02d}-{1 + i % 25:02d}" for i in range(100)]
    offered = [f"{night} | {day} | {art}" for (night, art), day in zip(nights, days, strict=True)]
    visits = [f"{night} | faithful" for night, _ in nights]
    visits += [f"{'V000' if i < 120 else 'V030'} | once{i}" for i in range(900)]
    facts = theatre(
        "performance_id | starts_on | discipline\n" + "\n".join(offered),
        "performance_id | buyer\n" + "\n".join(visits),
        as_of="2025-06-30",
    )
    assert by(facts, "segment_affinity")["PASSIONATE DANCE"] == 200

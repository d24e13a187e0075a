"""geo-1, tier-1, conc-2: where buyers live."""

from publicc.kernel.formats import rounded
from publicc.metrics.definitions.catchment import tier
from tests.spec.metrics.reading import by, figures, percent
from tests.spec.metrics.world import theatre


def geo_1():
    return theatre(
        "performance_id\n P",
        """
        performance_id | tickets | origin  | fsa | distance_km | province
        ---------------+---------+---------+-----+-------------+---------
        P              | 2       | CANADA  | H2X | 1.0         | QC
        P              | 2       | CANADA  | H7L | 15.7        | QC
        P              | 1       | CANADA  | G1R | 232.5       | QC
        P              | 3       | UNKNOWN | –   | –           | –
        P              | 1       | FOREIGN | –   | –           | –
        P              | 1       | CANADA  | G0A | –           | QC
        """,
    )


def test_geo_1_distance_quartiles_are_of_tickets_with_a_distance() -> None:
    found = figures(geo_1(), "distance_median", "distance_p25", "distance_p75", "distance_km")
    assert found == {"distance_median": 15.7, "distance_p25": 1.0, "distance_p75": 15.7, "distance_km": 15.7}


def test_geo_1_coverage_and_abroad() -> None:
    found = figures(geo_1(), "postal_coverage", "foreign_share", "out_of_province_share")
    assert {name: percent(value) for name, value in found.items()} == {
        "postal_coverage": "70.0 %", "foreign_share": "14.3 %", "out_of_province_share": "0.0 %",
    }  # fmt: skip


def test_geo_1_bands_add_up_with_abroad() -> None:
    found = by(geo_1(), "distance_band_share")
    assert found == {"0-5": 2 / 6, "5-10": 0, "10-25": 2 / 6, "25-50": 0, "50-100": 0, "100+": 1 / 6, "FOREIGN": 1 / 6}


def test_geo_1_origin_share_is_of_known_homes_at_any_level_of_territory() -> None:
    assert by(geo_1(), "origin_share", "fsa") == {"G0A": 1 / 7, "G1R": 1 / 7, "H2X": 2 / 7, "H7L": 2 / 7}
    assert by(geo_1(), "origin_share", "province") == {"QC": 6 / 7}
    assert by(geo_1(), "origin_share", "origin") == {"CANADA": 6 / 7, "FOREIGN": 1 / 7}


def test_geography_has_no_base_under_40_percent_of_known_homes_and_no_data_without_any() -> None:
    few = theatre(
        "performance_id\n P",
        "performance_id | tickets | origin | distance_km\n P | 3 | CANADA | 1\n P | 7 | UNKNOWN | –",
    )
    assert figures(few, "distance_median", "foreign_share") == {
        "distance_median": "NO_BASE postal_code", "foreign_share": "NO_BASE postal_code",
    }  # fmt: skip
    none = theatre("performance_id\n P", "performance_id | tickets\n P | 7")
    assert figures(none, "distance_median", "fsas_for_half") == {
        "distance_median": "NO_DATA postal_code", "fsas_for_half": "NO_DATA postal_code",
    }  # fmt: skip
    assert by(none, "origin_share") == {"UNKNOWN": "NO_DATA postal_code"}
    assert set(by(none, "distance_band_share").values()) == {"NO_DATA postal_code"}


def test_tier_1_areas_by_revenue() -> None:
    revenue = {"A1A": 400, "B1B": 250, "C1C": 150, "E1E": 100, "G1G": 60, "H1H": 40}
    facts = theatre(
        "performance_id\n P",
        "performance_id | origin | fsa | net\n"
        + "\n".join(f"P | CANADA | {fsa} | {net}" for fsa, net in revenue.items()),
    )
    found = by(facts, "market_tier")
    assert [percent(one, 0) for one in found.values()] == ["0 %", "40 %", "65 %", "80 %", "90 %", "96 %"]
    assert [tier(one).value for one in found.values()] == ["CORE", "CORE", "PRIMARY", "SECONDARY", "REST", "REST"]


def test_conc_2_areas_for_half_and_concentration() -> None:
    tickets = {"A1A": 50, "B1B": 20, "C1C": 15, "E1E": 10, "G1G": 5}
    facts = theatre(
        "performance_id\n P",
        "performance_id | origin | fsa | tickets\n"
        + "\n".join(f"P | CANADA | {fsa} | {n}" for fsa, n in tickets.items()),
    )
    found = figures(facts, "fsas_for_half", "hhi_fsa")
    assert (found["fsas_for_half"], str(rounded(found["hhi_fsa"], 3))) == (1, "0.325")

"""What a buyer's habits look like: one row a buyer, one column a trait, as codes of closed lists (NULL = not known).

Written once for an organization's own rows and for the pool, from the row sets of every figure: played performances
of the last 36 months, valid paid tickets, identified persons. A habit is what most visits have; among equals, the first
code of the list, so that the order of rows changes nothing. Nothing here names a place, a house or an amount.
"""

from collections.abc import Mapping
from typing import Final

from publicc.metrics import rowsets

WINDOW_MONTHS: Final = 36

_HABITS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "usual_discipline": (
        ("THEATRE", "discipline = 'THEATRE'"),
        ("DANCE", "discipline = 'DANCE'"),
        ("MUSIC", "discipline IN ('CLASSICAL_MUSIC', 'OPERA', 'INSTRUMENTAL_MUSIC')"),
        ("SONG", "discipline IN ('SONG_FR', 'SONG_EN', 'SONG_OTHER', 'MUSICAL')"),
        ("HUMOUR", "discipline IN ('HUMOUR', 'VARIETY')"),
        ("OTHER", "discipline IN ('CIRCUS', 'SPOKEN_WORD', 'CINEMA', 'EXHIBITION', 'OTHER')"),
    ),
    "party": (("1", "party = 1"), ("2", "party = 2"), ("3-4", "party BETWEEN 3 AND 4"), ("5+", "party >= 5")),
    "lead_time": (
        ("0-7", "lead BETWEEN 0 AND 7"),
        ("8-30", "lead BETWEEN 8 AND 30"),
        ("31-90", "lead BETWEEN 31 AND 90"),
        ("91+", "lead > 90"),
    ),
    "price_level": (
        ("BELOW", "price < 0.9 * usual_price"),
        ("AROUND", "price BETWEEN 0.9 * usual_price AND 1.1 * usual_price"),
        ("ABOVE", "price > 1.1 * usual_price"),
    ),
    "distance": (
        ("0-5", "km < 5"),
        ("5-10", "km >= 5 AND km < 10"),
        ("10-25", "km >= 10 AND km < 25"),
        ("25-50", "km >= 25 AND km < 50"),
        ("50+", "km >= 50"),
    ),
    "moment": (
        ("MATINEE", "hour < 17"),
        ("WEEKEND", "hour >= 17 AND weekday >= 5"),
        ("WEEKDAY", "hour >= 17 AND weekday < 5"),
    ),
    "channel": (
        ("WEB", "channel = 'WEB'"),
        ("COUNTER", "channel = 'COUNTER'"),
        ("OTHER", "channel NOT IN ('WEB', 'COUNTER', 'UNKNOWN')"),
    ),
}
"""Trait → its codes in order, each with the test of a visit."""

TRAITS: Final = ("breadth", *_HABITS, "subscription", "organizations")
"""Every trait, in the order of the columns. `organizations` is known to the pool alone."""
CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "breadth": ("1", "2", "3+"),
    **{name: tuple(code for code, _ in codes) for name, codes in _HABITS.items()},
    "subscription": ("NONE", "PART", "MOSTLY"),
    "organizations": ("1", "2", "3+"),
}
"""Trait → its codes, in order."""

_USUAL_PRICES: Final = """SELECT organization, show_id, median(net_cents) AS usual_price FROM purchases
 WHERE ticket_status = 'VALID' AND is_paid AND price_known AND starts_on > $first_on AND starts_on <= $on
 GROUP BY organization, show_id"""
_VISITS: Final = (
    """SELECT {buyer} AS buyer, t.performance_id, count(*) AS party, min(t.lead_time_days) AS lead,
 avg(t.net_cents) FILTER (WHERE t.price_known) AS price, max(u.usual_price) AS usual_price,
 min(t.discipline) AS discipline, min(t.distance_km) AS km, min(p.starts_hour) AS hour, min(p.weekday) AS weekday,
 min(t.channel) AS channel, bool_or(t.price_group = 'SUBSCRIPTION') AS subscribed, min(t.organization) AS organization
FROM purchases AS t
JOIN performances AS p ON p.organization = t.organization AND p.performance_id = t.performance_id
LEFT JOIN usual_prices AS u ON u.organization = t.organization AND u.show_id = t.show_id
WHERE t.starts_on > $first_on AND t.starts_on <= $on AND t.ticket_status = 'VALID' AND coalesce(t.is_paid, FALSE)
 AND """
    + rowsets.KEPT
    + " AND "
    + rowsets.INDIVIDUAL
    + " GROUP BY 1, 2"
)


def traits_of_buyers(*, own: bool) -> str:
    """The SQL of one row a buyer: `buyer`, `home` (the organization most visited), `visits`, then every trait.

    Parameters: `$on`, the last day looked at, and `$first_on`, the day before the first. `own`: the buyers of one
    organization, by `buyer_id`; else the persons of the pool, by `person_id`.
    """
    buyer = "t.buyer_id" if own else "t.person_id"
    counted = ", ".join(
        f"count(*) FILTER (WHERE {test}) AS {name}_{at}"
        for name, codes in _HABITS.items()
        for at, (_, test) in enumerate(codes)
    )
    told = ", ".join(_told(name, [code for code, _ in codes]) for name, codes in _HABITS.items())
    organizations = "NULL::VARCHAR" if own else _banded("organizations")
    return f"""WITH usual_prices AS ({_USUAL_PRICES}), visits AS ({_VISITS.format(buyer=buyer)}),
counted AS (SELECT buyer, count(*) AS visits, mode(organization ORDER BY organization) AS home,
 count(DISTINCT organization) AS organizations,
 count(DISTINCT discipline) FILTER (WHERE discipline <> 'UNKNOWN') AS breadth,
 count(*) FILTER (WHERE subscribed) AS subscribed, {counted} FROM visits GROUP BY buyer)
SELECT buyer, home, visits, {_banded("breadth")} AS breadth, {told},
 CASE WHEN subscribed = 0 THEN 'NONE' WHEN 2 * subscribed >= visits THEN 'MOSTLY' ELSE 'PART' END AS subscription,
 {organizations} AS organizations FROM counted"""


def _banded(column: str) -> str:
    return f"CASE WHEN {column} = 1 THEN '1' WHEN {column} = 2 THEN '2' WHEN {column} >= 3 THEN '3+' END"


def _told(name: str, codes: list[str]) -> str:
    columns = [f"{name}_{at}" for at in range(len(codes))]
    most = f"greatest({', '.join(columns)})"
    cases = " ".join(f"WHEN {column} = {most} THEN '{code}'" for column, code in zip(columns, codes, strict=True))
    return f"CASE WHEN {most} = 0 THEN NULL {cases} END AS {name}"

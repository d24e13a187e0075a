"""The truths planted in the whole collective, measured on its rows: what screens must find again."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from publicc.demo.organizations import Plan
from publicc.demo.people import FLOWS
from publicc.demo.places import EARTH_KM, Homes, position_of
from publicc.demo.sales import BREAK_ABOVE, BREAK_SLOPE
from publicc.demo.seasons import AS_OF, PEAKS, PRICE_RISE, WINDOWS
from publicc.demo.tables import Box
from publicc.demo.titles import TOURING_SHOW

_KEEP: Final = """
INSERT INTO sold
SELECT $slug, $crowded, $venue_latitude, $venue_longitude, r.person, t.ticket, t.order_no, t.performance, t.starts_at,
       t.ordered_at,
       t.channel, t.category, t.cents, p.capacity, p.discipline, p.peak, p.played AND p.status = 'SCHEDULED',
       p.same_day, p.base_title,
       replace(upper(t.postal_code), ' ', '')
FROM tickets t LEFT JOIN records r USING (record) JOIN performances p USING (performance)
WHERE NOT t.refused
"""
_SOLD: Final = """
CREATE TABLE sold (
    organization VARCHAR, crowded BOOLEAN, venue_latitude DOUBLE, venue_longitude DOUBLE, person BIGINT,
    ticket BIGINT, order_no BIGINT,
    performance BIGINT, starts_at TIMESTAMP, ordered_at TIMESTAMP, channel VARCHAR, category VARCHAR, cents BIGINT,
    capacity BIGINT,
    discipline VARCHAR, peak BOOLEAN, played BOOLEAN, same_day BIGINT, title VARCHAR, postal_code VARCHAR)
"""


@dataclass(frozen=True, slots=True)
class Collective:
    """Tickets of all organizations, in one connection."""

    connection: duckdb.DuckDBPyConnection

    @classmethod
    def empty(cls, connection: duckdb.DuckDBPyConnection, at: Homes) -> "Collective":
        """Ready to take organizations in."""
        connection.execute(_SOLD)
        connection.register(
            "homes", {"code": at.code.astype(str), "home_latitude": at.latitude, "home_longitude": at.longitude}
        )
        connection.execute(
            "CREATE TABLE homes_of AS SELECT code::VARCHAR AS code, home_latitude, home_longitude FROM homes"
        )
        connection.unregister("homes")
        return cls(connection)

    def take_in(self, box: Box, at: Homes) -> None:
        """Keep the valid tickets of one organization."""
        venue = position_of(at, box.plan.venue)
        self.connection.execute(
            _KEEP,
            {
                "slug": box.plan.slug,
                "crowded": box.plan.crowded,
                "venue_latitude": float(at.latitude[venue]),
                "venue_longitude": float(at.longitude[venue]),
            },
        )

    def findings(self, plans: tuple[Plan, ...]) -> dict[str, Any]:
        """Every planted truth with the figures that the rows give."""
        self.connection.execute(_VISITS)
        return {
            "peaks": {"from_to": [f"{a:02d}-{b:02d}..{c:02d}-{d:02d}" for a, b, c, d in PEAKS],
            **self._by_organization(_PEAKS)},
            "crowding": {
                "territory": "quartier-des-spectacles",
                "break_above": BREAK_ABOVE,
                "slope_per_performance": -BREAK_SLOPE,
                "occupancy_by_same_day": self._pairs(_CROWDING),
            },
            "price_change": {
                "organization": PRICE_RISE[0],
                "from": WINDOWS[PRICE_RISE[1]].first_on.isoformat(),
                "factor": round(PRICE_RISE[2], 6),
            },
            "purchase_weekday_share": self._pairs(_WEEKDAYS),
            "purchase_hour_share": self._pairs(_HOURS),
            "retention": self._nested(_RETENTION),
            "new_buyers": self._nested(_NEW),
            "buyers": self._nested(_BUYERS),
            "parcours_at_as_of": self._nested(_PARCOURS),
            "discipline_flow_planted": {a.value: {b.value: share for b, share in to.items()} for a,
            to in FLOWS.items()},
            "discipline_flow_24_months": self._nested(_FLOW),
            "fsas_for_half": self._pairs(_HALF),
            "shared_buyers": self._nested(_SHARED),
            "touring_show": {"title": TOURING_SHOW, "organizations": [plan.slug for plan in plans if plan.touring]},
        }  # fmt: skip

    def _pairs(self, query: str) -> dict[str, Any]:
        return {str(key): value for key, value in self.connection.execute(query).fetchall()}

    def _nested(self, query: str) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for outer, inner, value in self.connection.execute(query).fetchall():
            found.setdefault(str(outer), {})[str(inner)] = value
        return found

    def _by_organization(self, query: str) -> dict[str, Any]:
        result = self.connection.execute(query)
        names = [column[0] for column in result.description or ()][1:]
        return {"organizations": {row[0]: dict(zip(names, row[1:], strict=True)) for row in result.fetchall()}}


def write_json(path: Path, content: object) -> None:
    """Indented, in UTF-8, with a final newline: the same content gives the same bytes."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_VISITS: Final = f"""
CREATE OR REPLACE TABLE visits AS
SELECT DISTINCT organization, person, performance, starts_at::DATE AS on_day, discipline,
       year(starts_at) - (month(starts_at) < 9)::INT AS season
FROM sold WHERE played AND person >= 0 AND category <> 'comp' AND starts_at::DATE <= DATE '{AS_OF}'
"""
_PEAKS: Final = f"""
WITH placed AS (
    SELECT s.*, {EARTH_KM} * 2 * asin(sqrt(power(sin(radians(home_latitude - venue_latitude) / 2), 2)
           + cos(radians(venue_latitude)) * cos(radians(home_latitude))
           * power(sin(radians(home_longitude - venue_longitude) / 2), 2))) AS km
    FROM sold s LEFT JOIN homes_of ON code = postal_code
    WHERE played AND crowded AND category <> 'comp'
)
SELECT organization, count(*) FILTER (peak) AS tickets_peak, count(*) FILTER (NOT peak) AS tickets_rest,
       round(median(km) FILTER (peak), 3) AS distance_km_peak, round(median(km) FILTER (NOT peak),
       3) AS distance_km_rest,
       round(avg((postal_code LIKE 'H%' AND postal_code NOT LIKE 'H7%')::INT) FILTER (peak AND km IS NOT NULL),
       4) AS montreal_share_peak,
       round(avg((postal_code LIKE 'H%' AND postal_code NOT LIKE 'H7%')::INT) FILTER (NOT peak AND km IS NOT NULL),
       4) AS montreal_share_rest,
       median(date_diff('day', ordered_at, starts_at)) FILTER (peak AND ordered_at <= starts_at) AS lead_days_peak,
       median(date_diff('day', ordered_at, starts_at)) FILTER (NOT peak AND ordered_at <= starts_at) AS lead_days_rest
FROM placed GROUP BY organization HAVING tickets_peak > 0 ORDER BY organization
"""
_CROWDING: Final = """
WITH evenings AS (
    SELECT organization, performance, same_day, any_value(capacity) AS capacity, count(*) AS admissions
    FROM sold WHERE played AND crowded AND capacity > 0 GROUP BY ALL
)
SELECT same_day, round(sum(admissions) / sum(capacity),
       4) FROM evenings WHERE admissions <= 1.02 * capacity GROUP BY 1 ORDER BY 1
"""
_WEEKDAYS: Final = """
SELECT isodow(ordered_at), round(count(*) / sum(count(*)) OVER (), 4) FROM sold WHERE category NOT IN ('comp',
       'subscription')
GROUP BY 1 ORDER BY 1
"""
_HOURS: Final = """
SELECT hour(ordered_at), round(count(*) / sum(count(*)) OVER (), 4) FROM sold WHERE category NOT IN ('comp',
       'subscription')
GROUP BY 1 ORDER BY 1
"""
_BUYERS: Final = "SELECT organization, season, count(DISTINCT person) FROM visits GROUP BY ALL ORDER BY ALL"
_NEW: Final = """
WITH entries AS (SELECT organization, person, min(season) AS entry FROM visits GROUP BY ALL)
SELECT organization, season, round(count(DISTINCT person) FILTER (entry = season) / count(DISTINCT person), 4)
FROM visits JOIN entries USING (organization, person) GROUP BY ALL ORDER BY ALL
"""
_RETENTION: Final = """
WITH came AS (SELECT DISTINCT organization, person, season FROM visits)
SELECT a.organization, a.season, round(count(b.person) / count(*), 4)
FROM came a LEFT JOIN came b ON b.organization = a.organization AND b.person = a.person AND b.season = a.season + 1
WHERE a.season IN (2017, 2018, 2024) GROUP BY ALL ORDER BY ALL
"""
_PARCOURS: Final = f"""
WITH states AS (
    SELECT organization, person, count(*) AS n, max(on_day) AS last_on,
           count(*) FILTER (on_day >= DATE '{AS_OF}' - INTERVAL 24 MONTH) AS n24
    FROM visits GROUP BY ALL
)
SELECT organization,
       CASE WHEN last_on < DATE '{AS_OF}' - INTERVAL 36 MONTH THEN 'LOST'
            WHEN last_on < DATE '{AS_OF}' - INTERVAL 18 MONTH THEN 'DORMANT'
            WHEN n24 > 10 THEN 'PASSIONATE' WHEN n24 >= 4 THEN 'REGULAR'
            WHEN n = 1 THEN 'NEW' ELSE 'RETURNING' END AS code,
       count(*)
FROM states GROUP BY ALL ORDER BY ALL
"""
_FLOW: Final = f"""
WITH went AS (SELECT DISTINCT person, discipline FROM visits WHERE on_day >= DATE '{AS_OF}' - INTERVAL 24 MONTH),
     totals AS (SELECT discipline, count(*) AS n FROM went GROUP BY ALL)
SELECT a.discipline, b.discipline, round(count(*) / any_value(t.n), 4)
FROM went a JOIN went b ON a.person = b.person AND a.discipline <> b.discipline
    JOIN totals t ON t.discipline = a.discipline
GROUP BY ALL ORDER BY ALL
"""
_HALF: Final = """
WITH areas AS (
    SELECT organization, left(postal_code, 3) AS fsa, count(*) AS n
    FROM sold JOIN homes_of ON code = postal_code WHERE played AND category <> 'comp' GROUP BY ALL
), ranked AS (
    SELECT *, sum(n) OVER (PARTITION BY organization ORDER BY n DESC, fsa) - n AS before,
           sum(n) OVER (PARTITION BY organization) AS whole
    FROM areas
)
SELECT organization, count(*) FILTER (before < 0.5 * whole) FROM ranked GROUP BY 1 ORDER BY 1
"""
_SHARED: Final = """
WITH came AS (SELECT DISTINCT organization, person FROM visits)
SELECT a.organization, b.organization,
       count(*) FROM came a JOIN came b USING (person) WHERE a.organization < b.organization
GROUP BY ALL ORDER BY ALL
"""

"""The rows of the pool: performances, purchases (one row a ticket) and persons of one organization.

Every rule of docs/metrics/conventions.en.md that can be settled once for all is settled here: local dates, seasons,
lead time with its rule for rescheduled dates, paid, complimentary and free tickets, known prices, first and last
visits.
"""

from datetime import date
from typing import Final

import duckdb

from publicc.directory.distance import distance_sql
from publicc.kernel.blind import BlindKey, blinded_sql

_UNPRICED: Final = "('SUBSCRIPTION', 'PACKAGE', 'PASS')"
"""A price of 0 in these groups was not told by the source: it is unknown, not nothing."""

ISLANDS: Final = "'G4T'"
"""Îles-de-la-Madeleine: an hour ahead of Québec. Their performances and lead times follow `America/Halifax`."""

_SEASON: Final = "(year(starts_on) - (month(starts_on) < 9)::INT)"


def make_performances(connection: duckdb.DuckDBPyConnection, *, slug: str, key: BlindKey) -> None:
    """Make `played`: the performances of the schema in use, with their numbers, ids, shows, venues and points."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE played AS
        SELECT p.perf_no, {blinded_sql("performance", "p.source", "p.performance_key")} AS performance_id,
            $slug AS organization, s.show_id, v.venue_id, p.starts_on,
            CASE WHEN p.has_time THEN hour(p.starts_at) END::TINYINT AS starts_hour,
            isodow(p.starts_on)::TINYINT AS weekday, {_SEASON}::SMALLINT AS season,
            CASE WHEN p.capacity BETWEEN 0 AND 2147483647 THEN p.capacity END::INTEGER AS capacity,
            coalesce(s.discipline, 'UNKNOWN') AS discipline, coalesce(p.status, 'SCHEDULED') AS status,
            coalesce(p.event_type, 'PERFORMING_ARTS') AS event_type, coalesce(p.deal_type, 'UNKNOWN') AS deal_type,
            coalesce(p.is_free, false) AS is_free, s.extra AS is_extra,
            coalesce(p.status, '') = 'MOVED_ONLINE' AS is_online,
            p.presale_on, p.general_sale_on, p.soldout_since, p.previous_starts_on, p.rescheduled_on,
            v.local_territory, NULL::INTEGER AS same_day_count, k.kind AS day_kind,
            v.latitude, v.longitude, coalesce(v.fsa = {ISLANDS}, false) AS on_islands
        FROM performances p JOIN show_of s USING (perf_no)
        LEFT JOIN venue_of v ON v.room_label IS NOT DISTINCT FROM p.room_label AND v.city IS NOT DISTINCT FROM p.city
            AND v.postal_code IS NOT DISTINCT FROM p.postal_code
        LEFT JOIN kinds_of_days k ON k.day = p.starts_on
        ORDER BY p.starts_on, performance_id""",
        {"slug": slug} | key.parameters,
    )


def make_purchases(connection: duckdb.DuckDBPyConnection, *, slug: str, time_zone: str, first_order: int) -> None:
    """Make `sold`, one row a ticket, in an order that does not depend on the order of the source.

    `first_order`: number added to order numbers, so that no two organizations share one.
    """
    connection.execute(
        f"""CREATE OR REPLACE TABLE sold AS
        WITH clocked AS (
            SELECT source, count(ordered_at) > 0 AND count(*) FILTER (WHERE ordered_at = date_trunc('day', ordered_at))
                <= 0.5 * count(ordered_at) AS has_clock FROM tickets GROUP BY source),
        joined AS (
            SELECT t.*, p.* EXCLUDE (perf_no, organization, latitude, longitude), h.* EXCLUDE (record_no, deposit_id),
                {_TICKET_PRICE} AS price, coalesce(t.price_group, 'UNMAPPED') AS grouped,
                coalesce(t.ticket_status, 'VALID') AS state, has_clock,
                CASE WHEN p.on_islands AND ordered_at IS NOT NULL
                    THEN CAST(ordered_at AT TIME ZONE $zone AT TIME ZONE 'America/Halifax' AS DATE)
                    ELSE t.ordered_on END AS bought_on,
                {distance_sql("h.latitude", "h.longitude", "p.latitude", "p.longitude")} AS km
            FROM tickets t LEFT JOIN clocked USING (source)
            LEFT JOIN played p USING (perf_no) LEFT JOIN homes h USING (record_no)),
        classed AS (
            SELECT *, state = 'VALID' AND (grouped = 'FREE' OR coalesce(is_free, false)) AS free_seat,
                state = 'VALID' AND NOT (grouped = 'FREE' OR coalesce(is_free, false))
                    AND (grouped = 'COMP' OR (grouped = 'UNMAPPED' AND coalesce(price = 0, false))) AS comp
            FROM joined)
        SELECT $slug AS organization, performance_id, show_id, order_no + $first_order AS order_id, buyer_id, person_id,
            household_id, kind AS buyer_kind, ordered_on,
            CASE WHEN has_clock THEN hour(ordered_at) END::TINYINT AS ordered_hour,
            isodow(ordered_on)::TINYINT AS ordered_weekday, {_LEAD_TIME}::INTEGER AS lead_time_days,
            state AS ticket_status, cancelled_on, price AS net_cents, face_cents, fees_cents, taxes_cents,
            grouped AS price_group, price_zone, coalesce(channel, 'UNKNOWN') AS channel, is_scanned,
            coalesce(origin, 'UNKNOWN') AS origin, province, fsa, admin_region, municipality,
            round(km, 1) AS distance_km, starts_on, season, coalesce(discipline, 'UNKNOWN') AS discipline, venue_id,
            state = 'VALID' AND NOT comp AND NOT free_seat AS is_paid, comp AS is_comp, free_seat AS is_free,
            price IS NOT NULL AND NOT (grouped IN {_UNPRICED} AND price = 0) AS price_known
        FROM classed""",
        {"slug": slug, "zone": time_zone, "first_order": first_order},
    )


_TICKET_PRICE: Final = """CASE WHEN coalesce(t.currency, (SELECT currency FROM main_currency))
    IS NOT DISTINCT FROM (SELECT currency FROM main_currency) THEN t.net_cents END"""
"""Money of another currency than the organization's is not added: its price is unknown."""

_LEAD_TIME: Final = """CASE WHEN coalesce(status, '') <> 'RESCHEDULED' AND previous_starts_on IS NULL
    THEN date_diff('day', bought_on, starts_on)
    WHEN rescheduled_on IS NULL THEN NULL
    WHEN bought_on <= rescheduled_on THEN date_diff('day', bought_on, previous_starts_on)
    ELSE date_diff('day', bought_on, starts_on) END"""
"""Calendar days. Bought on or before the day of rescheduling: from the previous date; day unknown: out."""


def settle_currency(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `main_currency`: Canadian dollars when any are told, else the currency of most tickets, else none told."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE main_currency AS
        SELECT CASE WHEN bool_or(currency = 'CAD') THEN 'CAD' ELSE mode(currency ORDER BY currency) END AS currency
        FROM tickets WHERE currency IS NOT NULL"""
    )


def make_persons(connection: duckdb.DuckDBPyConnection, *, slug: str, as_of: date) -> None:
    """Make `buyers`: one row a buyer, with where they live, and their first and last visits up to `as_of`.

    A visit: a paid ticket of a performing-arts performance that was given, other than a rental (`V`).
    """
    connection.execute(
        """CREATE OR REPLACE TABLE buyers AS
        WITH visits AS (
            SELECT s.buyer_id, min(s.starts_on) AS first_visit_on, max(s.starts_on) AS last_visit_on
            FROM sold s JOIN played p USING (performance_id)
            WHERE s.is_paid AND s.starts_on <= $as_of AND p.status IN ('SCHEDULED', 'RESCHEDULED', 'MOVED_ONLINE')
                AND p.event_type = 'PERFORMING_ARTS' AND p.deal_type <> 'RENTAL'
            GROUP BY s.buyer_id),
        grouped AS (
            SELECT buyer_id, min(person_id) AS person_id, min(household_id) AS household_id,
                min(pool_household_id) AS pool_household_id, count(*)::INTEGER AS records,
                bool_or(qualified) AS qualified,
                arg_min(struct_pack(kind, origin, country, province, fsa, admin_region, municipality),
                    (worth, -deposit_id, record_no)) AS told
            FROM homes GROUP BY buyer_id)
        SELECT $slug AS organization, buyer_id, person_id, household_id, pool_household_id, told.kind AS buyer_kind,
            records, told.origin, told.province, told.country, told.fsa, told.admin_region, told.municipality,
            qualified AS qualified_contact, first_visit_on, last_visit_on
        FROM grouped LEFT JOIN visits USING (buyer_id) ORDER BY buyer_id""",
        {"slug": slug, "as_of": as_of},
    )

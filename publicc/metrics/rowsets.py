"""The row sets of every formula, written once: PF, PE, TV, TC, TF, TP, TPk, V (docs/metrics/conventions.en.md).

Fragments of SQL in DuckDB's dialect, parsed into trees by the compiler. `p` is a performance, `v` its venue, `t` a
ticket.
Edge cases live here and nowhere else: cancelled and postponed performances are not kept; rentals and other events
neither; what moved online is not in person; a ticket of a performance that is not kept is in nothing.
"""

from typing import Final

KEPT: Final = """p.status IN ('SCHEDULED', 'RESCHEDULED', 'MOVED_ONLINE') AND p.starts_on IS NOT NULL
 AND coalesce(p.event_type, 'PERFORMING_ARTS') = 'PERFORMING_ARTS' AND coalesce(p.deal_type, 'UNKNOWN') <> 'RENTAL'"""
"""PF but for the day of computation: performances that count, played or to come."""

CALLED_OFF: Final = """p.status = 'CANCELLED'
 AND coalesce(p.event_type, 'PERFORMING_ARTS') = 'PERFORMING_ARTS' AND coalesce(p.deal_type, 'UNKNOWN') <> 'RENTAL'"""

IN_PERSON: Final = "(p.status <> 'MOVED_ONLINE' AND NOT coalesce(p.is_online, FALSE))"

HOME_PROVINCE: Final = """CASE left(v.fsa, 1) WHEN 'A' THEN 'NL' WHEN 'B' THEN 'NS' WHEN 'C' THEN 'PE' WHEN 'E' THEN
'NB'
 WHEN 'K' THEN 'ON' WHEN 'L' THEN 'ON' WHEN 'M' THEN 'ON' WHEN 'N' THEN 'ON' WHEN 'P' THEN 'ON' WHEN 'R' THEN 'MB'
 WHEN 'S' THEN 'SK' WHEN 'T' THEN 'AB' WHEN 'V' THEN 'BC' WHEN 'Y' THEN 'YT' ELSE 'QC' END"""
"""Province of the venue, by the first letter of its FSA; Québec when the venue's address is unknown."""

PERFORMANCE_COLUMNS: Final = f"""SELECT p.organization, p.performance_id, p.show_id, p.starts_on, p.season, p.capacity,
 p.discipline, p.general_sale_on, p.soldout_since, p.local_territory, p.same_day_count,
 coalesce(p.is_free, FALSE) AS free_performance,
 {IN_PERSON} AS in_person, {HOME_PROVINCE} AS home_province, ({KEPT}) AS kept, ({KEPT} AND p.starts_on <= $as_of) AS
 played, ({CALLED_OFF}) AS called_off,
 min(CASE WHEN {KEPT} THEN p.starts_on END) OVER (PARTITION BY p.organization, p.show_id) AS opening_on
FROM performances AS p LEFT JOIN venues AS v ON v.organization = p.organization AND v.venue_id = p.venue_id"""

CANONICAL: Final = """SELECT * FROM (SELECT p.*, row_number() OVER (PARTITION BY p.performance_id
 ORDER BY coalesce(s.valid, 0) DESC, p.organization) AS place FROM performances AS p LEFT JOIN
 (SELECT organization, performance_id, count(*) FILTER (WHERE ticket_status = 'VALID') AS valid FROM purchases GROUP
 BY 1, 2)
 AS s ON s.organization = p.organization AND s.performance_id = p.performance_id) AS ranked WHERE place = 1"""
"""In the pool, one row a performance: from the organization that holds most of its valid tickets."""

SAME: Final = {
    True: "{pf}.performance_id = t.performance_id AND t.organization = $organization",
    False: "{pf}.organization = t.organization AND {pf}.performance_id = t.performance_id",
}
"""How a ticket finds its performance: in one organization's own rows one code is enough, and half the work."""

WITHIN: Final = "t.starts_on >= $first_on AND t.starts_on < $end_on"
"""Tickets carry the date of their performance, and files are sorted by it: what is outside is not even read."""

EVER_PAID: Final = """(coalesce(t.is_paid, FALSE) OR (t.ticket_status IN ('CANCELLED', 'REFUNDED', 'EXCHANGED_OUT')
 AND t.price_group NOT IN ('COMP', 'FREE') AND NOT pf.free_performance
 AND NOT (t.price_group = 'UNMAPPED' AND coalesce(t.face_cents, t.net_cents, 0) = 0)))"""
"""Was sold for money once, whatever became of it. A refund leaves net 0: the face price tells a sale from a comp."""

INDIVIDUAL: Final = "({buyer} IS NOT NULL AND coalesce(t.buyer_kind, 'UNKNOWN') = 'INDIVIDUAL')"

TICKET_COLUMNS: Final = f"""SELECT pf.*, 1 AS tickets, t.order_id, (pf.organization, t.order_id) AS basket,
 (pf.organization, t.order_id, pf.performance_id) AS seating, {{buyer}} AS buyer, coalesce(t.household_id, {{buyer}}) AS
household, {INDIVIDUAL} AS individual, t.buyer_kind, t.ticket_status, t.ticket_status = 'VALID' AS is_valid,
 t.ticket_status = 'VALID' AND coalesce(t.is_paid, FALSE) AS is_paid,
 t.ticket_status = 'VALID' AND coalesce(t.is_comp, FALSE) AS is_comp,
 t.ticket_status = 'VALID' AND coalesce(t.is_paid, FALSE) AND coalesce(t.price_known, FALSE) AS is_priced,
 {EVER_PAID} AS ever_paid, t.net_cents, t.face_cents, coalesce(t.price_group, 'UNMAPPED') AS price_group, t.price_zone,
 coalesce(t.channel, 'UNKNOWN') AS channel, t.is_scanned, t.ordered_on, t.ordered_hour, t.ordered_weekday,
 t.lead_time_days, t.cancelled_on, coalesce(t.origin, 'UNKNOWN') AS origin, t.province, t.fsa, t.admin_region,
 t.municipality, t.distance_km
FROM purchases AS t JOIN pf ON {{same}} WHERE pf.kept AND {{within}}"""
"""Every ticket row of kept performances, with what the formulas ask of it. TV is `is_valid`, TC `is_comp`, TP
`is_paid`, TPk `is_priced`; `played` keeps those of PF. `basket` tells an order from another, `seating` an order for one
performance; `tickets` is how many a row stands for. An identified person is `individual`: V is their paid tickets, one
a performance."""

SOLD_COLUMNS: Final[dict[str, str]] = {
    "ticket_rows": "count(*)",
    "admissions": "count(*) FILTER (WHERE is_valid)",
    "paid": "count(*) FILTER (WHERE is_paid)",
    "priced": "count(*) FILTER (WHERE is_priced)",
    "revenue_cents": "sum(net_cents) FILTER (WHERE is_priced)",
    "early": "count(*) FILTER (WHERE is_valid AND lead_time_days >= 14)",
    "scans_known": "count(*) FILTER (WHERE is_valid AND is_scanned IS NOT NULL)",
    "scanned": "count(*) FILTER (WHERE is_valid AND is_scanned)",
    "full_price_cents": "quantile_cont(face_cents, 0.5) FILTER (WHERE is_paid AND price_group = 'FULL')",
    "lead_p05": "quantile_cont(lead_time_days, 0.05) FILTER (WHERE is_paid AND lead_time_days >= 0)",
    "lead_p95": "quantile_cont(lead_time_days, 0.95) FILTER (WHERE is_paid AND lead_time_days >= 0)",
}
"""What was sold for one performance."""

ELIGIBLE: Final = """coalesce(played AND in_person AND capacity > 0 AND ticket_rows > 0
 AND admissions * 100 <= capacity * 102, FALSE)"""
"""PE: in person, seats known, some ticket row, not more than 2 % over capacity."""

BUYER_COLUMNS: Final[dict[str, str]] = {
    "visits": "count(DISTINCT performance_id)",
    "tickets": "count(*)",
    "disciplines": "count(DISTINCT CASE WHEN discipline <> 'UNKNOWN' THEN discipline END)",
    "subscribed": "bool_or(price_group = 'SUBSCRIPTION')",
}
"""What one buyer did in the period (and cut)."""

HISTORY_COLUMNS: Final[dict[str, str]] = {
    "previous_on": "max(h.starts_on) FILTER (WHERE h.starts_on < k.span_first_on)",
    "came_on": "min(h.starts_on) FILTER (WHERE h.starts_on >= k.span_first_on AND h.starts_on < k.span_end_on)",
    "next_on": "min(h.starts_on) FILTER (WHERE h.starts_on >= k.span_end_on)",
    "latest_on": "max(h.starts_on)",
}
"""The buyer's other visits, whatever the cut: before the period, first of the period, after it, last of all."""

FACTS: Final = """SELECT k.buyer, k.span_first_on
FROM (SELECT DISTINCT buyer, span_first_on, span_end_on FROM buyers) AS k JOIN history AS h ON h.buyer = k.buyer
GROUP BY k.buyer, k.span_first_on"""

HISTORY: Final = (
    """SELECT DISTINCT {buyer} AS buyer, pf_all.starts_on
FROM purchases AS t JOIN pf_all ON {same_all}
WHERE pf_all.played AND t.ticket_status = 'VALID' AND coalesce(t.is_paid, FALSE) AND """
    + INDIVIDUAL
)

VISITED: Final = (
    """SELECT {buyer} AS buyer, pf_all.performance_id, pf_all.starts_on
FROM purchases AS t JOIN pf_all ON {same_all}
WHERE pf_all.kept AND (pf_all.starts_on <= $status_on OR t.ordered_on <= $status_on)
AND t.ticket_status = 'VALID' AND coalesce(t.is_paid, FALSE) AND """
    + INDIVIDUAL
    + """
GROUP BY 1, 2, 3"""
)
"""Visits made by `status_on`, and those to come of tickets already bought."""

PARCOURS: Final = """SELECT buyer, CASE WHEN n = 0 THEN 'UPCOMING' WHEN latest < $status_36 THEN 'LOST'
 WHEN latest < $status_18 THEN 'DORMANT' WHEN n_24 > 10 THEN 'PASSIONATE' WHEN n_24 >= 4 THEN 'REGULAR'
 WHEN n = 1 THEN 'NEW' ELSE 'RETURNING' END AS parcours
FROM (SELECT buyer, count(*) FILTER (WHERE starts_on <= $status_on) AS n,
 count(*) FILTER (WHERE starts_on <= $status_on AND starts_on >= $status_24) AS n_24,
 max(starts_on) FILTER (WHERE starts_on <= $status_on) AS latest
 FROM ({visited}) AS visited GROUP BY 1) AS counted"""
"""Lifecycle of every buyer known at `status_on`; the first rule that fits (docs/metrics/lifecycle.en.md)."""

PROFILES: Final = "SELECT {buyer} AS buyer, profile FROM profiles_by_season WHERE season = $status_season"
"""Profile of every buyer that the common model was asked about, in the season of `status_on` (store.profiles)."""

SPAN_FIRST: Final[dict[str, str]] = {
    "day": "p.starts_on",
    "week": "CAST(date_trunc('week', p.starts_on) AS DATE)",
    "month": "CAST(date_trunc('month', p.starts_on) AS DATE)",
    "season": "make_date(p.season, 9, 1)",
}
SPAN_END: Final[dict[str, str]] = {
    "day": "CAST(p.starts_on + INTERVAL 1 DAY AS DATE)",
    "week": "CAST(CAST(date_trunc('week', p.starts_on) AS DATE) + INTERVAL 7 DAY AS DATE)",
    "month": "CAST(CAST(date_trunc('month', p.starts_on) AS DATE) + INTERVAL 1 MONTH AS DATE)",
    "season": "make_date(p.season + 1, 9, 1)",
}

"""What a correct reading of one organization's files gives, counted from its tables before any file is written."""

from typing import Any, Final

from publicc.demo.layouts.bundles import RESCHEDULED
from publicc.demo.layouts.sheets import SCANNED, SUBSCRIBERS_KNOWN
from publicc.demo.layouts.template import ORPHAN_EVERY, REFUNDED, UPDATED_ON, WITH_TAXES
from publicc.demo.seasons import AS_OF
from publicc.demo.tables import Box

SALES_ONLY: Final = frozenset({"theatre_fr", "pretix", "embedded"})
"""Layouts that know a performance only by its sales."""
WITHOUT_SEATS: Final = frozenset({"theatre_fr", "pretix"})

_COUNTS: Final = """
SELECT count(*) FILTER (NOT refused) AS tickets,
       count(*) FILTER (refused) AS tickets_refused,
       count(*) FILTER (NOT refused AND category = 'comp') AS complimentary,
       (coalesce(sum(cents) FILTER (NOT refused), 0) / 100)::DOUBLE AS revenue,
       count(DISTINCT (source, order_no)) AS orders,
       min(ordered_at)::DATE::VARCHAR AS first_order_on,
       max(ordered_at)::DATE::VARCHAR AS last_order_on,
       count(*) FILTER (record IS NULL) AS tickets_without_customer,
       count(*) FILTER (ordered_at::DATE > starts_at::DATE) AS tickets_bought_late
FROM tickets
"""
_PERFORMANCES: Final = """
SELECT count(*) AS performances, count(*) FILTER (status = 'CANCELLED') AS performances_cancelled,
       count(DISTINCT base_title) AS shows, count(*) FILTER (capacity IS NULL) AS capacity_missing,
       count(*) FILTER (extra) AS supplementary, count(*) FILTER (starts_at::TIME = TIME '00:00') AS hour_missing
FROM performances p
WHERE {known}
"""
_RECORDS: Final = """
SELECT count(*) AS customers, count(DISTINCT person) FILTER (person >= 0) AS persons,
       count(*) FILTER (person < 0) AS customers_not_persons,
       count(*) FILTER (postal_code IS NULL) AS postal_code_empty,
       count(*) FILTER (email IS NULL) AS email_empty, count(*) FILTER (phone IS NULL) AS phone_empty,
       count(*) FILTER (email ILIKE 'courtoisie@%' OR email LIKE 'aucun@%' OR email LIKE 'info@%') AS courtesy_emails,
       count(*) FILTER (upper(postal_code) LIKE '%O0H%' OR replace(upper(postal_code), ' ',
       '') = 'H0H0H0') AS dummy_postal_codes,
       count(*) FILTER (phone IN ('123-456-7890', '000-000-0000', '514-000-0000', '098-765-4321')) AS dummy_phones
FROM records
WHERE {known}
"""
_SEASONS: Final = """
WITH admissions AS (
    SELECT performance, count(*) FILTER (NOT refused AND NOT orphan) AS admissions, count(*) FILTER (NOT orphan) AS rows
    FROM (SELECT *, $orphans AND line % $every = 23 AS orphan FROM tickets) GROUP BY ALL
)
SELECT year(starts_at) - (month(starts_at) < 9)::INT AS season, count(*) AS performances, coalesce(sum(admissions),
       0) AS admissions,
       sum(admissions) FILTER (eligible) AS admissions_eligible, sum(capacity) FILTER (eligible) AS capacity_eligible
FROM (SELECT p.*, admissions, capacity > 0 AND rows > 0 AND admissions <= 1.02 * capacity AS eligible
      FROM performances p LEFT JOIN admissions USING (performance))
WHERE played AND status = 'SCHEDULED' GROUP BY ALL ORDER BY ALL
"""


def counts(box: Box) -> dict[str, Any]:
    """The figures of one organization. Revenue in dollars, as the amounts of its files read before taxes and fees."""
    layout = box.plan.layout
    in_sales = "performance IN (SELECT performance FROM lines)" if layout in SALES_ONLY else "TRUE"
    if layout == "one_file":
        in_sales = "performance IN (SELECT performance FROM lines) OR NOT played"
    in_files = "record IN (SELECT record FROM lines)" if layout in SALES_ONLY | {"one_file"} else "TRUE"
    found = {
        "name": box.plan.name,
        "layout": layout,
        **_one(box, _COUNTS),
        **_one(box, _PERFORMANCES.format(known=in_sales)),
        **_one(box, _RECORDS.format(known=in_files)),
        "seasons": _seasons(box),
    }
    if layout in {"theatre_fr", "pretix"}:
        found["customers"] = None
    if layout == "workbook":
        found["customers"] += _one(box, f"SELECT count(*) AS subscribers FROM records WHERE {SUBSCRIBERS_KNOWN}")[
            "subscribers"
        ]
    if layout in _PLANTED:
        found |= _one(box, _PLANTED[layout])
    return found


_SECOND_BASE: Final = f"SELECT count(*) AS subscribers FROM records WHERE {SUBSCRIBERS_KNOWN}"
_PLANTED: Final = {
    "template_fr": f"""SELECT count(*) FILTER (line % {ORPHAN_EVERY} = 11) AS tickets_of_unknown_customer,
        count(*) FILTER (line % {ORPHAN_EVERY} = 23) AS tickets_of_unknown_performance FROM tickets""",
    "template_en": f"""SELECT count(*) FILTER ({REFUNDED}) AS tickets_refunded_by_a_negative_row,
        count(*) FILTER (ordered_at < TIMESTAMP '{UPDATED_ON}') AS tickets_in_the_former_date_form FROM tickets""",
    "two_systems": f"""SELECT (sum({WITH_TAXES} - cents) FILTER (source = 1 AND NOT refused) / 100)::DOUBLE AS taxes
        FROM tickets""",
    "order_lines": f"SELECT count(*) AS performances_rescheduled FROM performances WHERE {RESCHEDULED}",
    "open_document": f"""SELECT count(*) AS tickets_expected_at_the_door,
        count(*) FILTER ({SCANNED}) AS tickets_scanned
        FROM tickets WHERE NOT refused AND starts_at <= TIMESTAMP '{AS_OF}'""",
}
"""Layout → what only it has, counted."""


def _one(box: Box, query: str) -> dict[str, Any]:
    result = box.connection.execute(query)
    names = [column[0] for column in result.description or ()]
    row = result.fetchone()
    return dict(zip(names, row or (), strict=True))


def _seasons(box: Box) -> dict[str, Any]:
    """By season: performances played, admissions, occupancy (None where the files give no seats)."""
    with_seats = box.plan.layout not in WITHOUT_SEATS
    rows = box.connection.execute(
        _SEASONS, {"orphans": box.plan.layout == "template_fr", "every": ORPHAN_EVERY}
    ).fetchall()
    return {
        f"{season}-{season + 1}": {
            "performances": performances,
            "admissions": int(admissions),
            "occupancy": round(eligible / seats, 6) if with_seats and seats else None,
        }
        for season, performances, admissions, eligible, seats in rows
    }

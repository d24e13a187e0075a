"""Where buyers live: a postal code becomes an area and a point for distances, and goes no further.

Origin (docs/metrics/origins.en.md): CANADA when the postal code or its FSA is usable, FOREIGN when the address is in
another country, else UNKNOWN. A code that lacks in one record is taken from another record of the same buyer.
"""

from typing import Final

import duckdb

from publicc.directory.places import PLACED
from publicc.harmonise.clean.postal_codes import bare_sql, slips_mended_sql, usable_sql
from publicc.kernel.postal_codes import DUMMY_CODES, FSA_PATTERN

_CANADA: Final = "('ca', 'can', 'canada', 'kanada')"
_ABROAD: Final = r"\d{5}(-?\d{4})?"
"""Postal codes of five digits (United States, France…): a home abroad when no country is said."""
_DUMMY_FSAS: Final = ", ".join(sorted(f"'{code[:3]}'" for code in DUMMY_CODES))


def find_homes(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `homes`, one row a record: ids, kind, area and point. Needs `register`, `kinds` and `own_named`.

    Columns: record_no, buyer_id, person_id, household_id, pool_household_id, kind, origin, country, province, fsa,
    admin_region, municipality, latitude, longitude (NULL where a distance would mean nothing), exact, qualified.
    """
    _read_codes(connection)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _placed AS
        WITH asked AS (SELECT DISTINCT code FROM _codes WHERE code IS NOT NULL) {PLACED}"""
    )
    _place_records(connection)
    connection.execute(
        """CREATE OR REPLACE TABLE homes AS
        WITH best AS (
            SELECT buyer_id, arg_min(struct_pack(origin, country, province, fsa, admin_region, municipality, latitude,
                longitude), (worth, -deposit_id, record_no)) AS home
            FROM _record_homes WHERE origin <> 'UNKNOWN' GROUP BY buyer_id),
        kind_of AS (
            SELECT buyer_id, arg_max(kind, (n, kind <> 'INDIVIDUAL', kind)) AS kind
            FROM (SELECT buyer_id, kind, count(*) AS n FROM _record_homes GROUP BY ALL) GROUP BY buyer_id)
        SELECT r.record_no, r.buyer_id, r.person_id, r.household_id, r.pool_household_id, kind_of.kind, r.qualified,
            r.worth, r.deposit_id,
            unnest(CASE WHEN r.origin = 'UNKNOWN' AND b.home IS NOT NULL THEN b.home ELSE struct_pack(r.origin,
                r.country, r.province, r.fsa, r.admin_region, r.municipality, r.latitude, r.longitude) END)
        FROM _record_homes r JOIN kind_of USING (buyer_id) LEFT JOIN best b USING (buyer_id)
        ORDER BY r.record_no"""
    )
    connection.execute("DROP TABLE _codes; DROP TABLE _placed; DROP TABLE _record_homes")


def _read_codes(connection: duckdb.DuckDBPyConnection) -> None:
    bare, mended = bare_sql("postal_code"), slips_mended_sql("bare")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _codes AS
        SELECT record_no, CASE
            WHEN {usable_sql("bare")} THEN bare
            WHEN length(bare) = 6 AND {usable_sql("mended")} AND mended IN (SELECT code FROM postal_codes) THEN mended
            WHEN regexp_full_match(bare, '{FSA_PATTERN}') AND bare NOT IN ({_DUMMY_FSAS}) THEN bare END AS code,
            bare, lower(strip_accents(trim(country))) AS land
        FROM (SELECT *, {mended} AS mended FROM (SELECT *, {bare} AS bare FROM customers))"""
    )


def _place_records(connection: duckdb.DuckDBPyConnection) -> None:
    abroad = f"(land NOT IN {_CANADA} OR (land IS NULL AND regexp_full_match(c.bare, '{_ABROAD}')))"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _record_homes AS
        SELECT k.record_no, n.buyer_id, n.person_id, n.household_id, n.pool_household_id, kinds.kind, k.deposit_id,
            CASE WHEN home THEN 'CANADA' WHEN {abroad} THEN 'FOREIGN' ELSE 'UNKNOWN' END AS origin,
            CASE WHEN home THEN 'CA' WHEN {abroad} THEN NULL END AS country,
            CASE WHEN home THEN p.province END AS province, CASE WHEN home THEN left(c.code, 3) END AS fsa,
            CASE WHEN home THEN p.admin_region END AS admin_region,
            CASE WHEN home THEN p.municipality END AS municipality,
            CASE WHEN home AND NOT vague THEN p.latitude END AS latitude,
            CASE WHEN home AND NOT vague THEN p.longitude END AS longitude,
            CASE WHEN NOT home THEN 4 WHEN length(c.code) = 6 AND NOT vague THEN 1 WHEN length(c.code) = 6 THEN 2
                ELSE 3 END AS worth,
            coalesce(k.last_name, k.full_name) IS NOT NULL
                AND (coalesce(regexp_matches(k.email, '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$'), false)
                    OR (k.address IS NOT NULL AND length(c.code) = 6)) AS qualified
        FROM customers k JOIN own_named n USING (record_no) JOIN kinds USING (record_no)
        JOIN (SELECT *, code IS NOT NULL AND coalesce(land IN {_CANADA}, true) AS home FROM _codes) c
            USING (record_no)
        LEFT JOIN (SELECT *, precision <> 'point' AND code[2:2] = '0' AS vague FROM _placed) p ON p.code = c.code"""
    )

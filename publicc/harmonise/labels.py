"""From a published snapshot to the labels that the common directory takes in, and common codes into the next one.

Only what everyone can know leaves: names of shows and venues, never a figure. A show none of whose dates was announced
is handed on as such, and nothing is suggested from it.
"""

import duckdb
import pyarrow as pa

from publicc.directory.common import CommonCodes, Seen, SeenShow, SeenVenue
from publicc.kernel.scope import WholePool
from publicc.kernel.vocabulary import Discipline
from publicc.store.facts import pool_facts
from publicc.store.home import Home

_PUBLIC = """CREATE TEMP TABLE announced AS
SELECT organization, show_id, venue_id FROM performances
WHERE status <> 'POSTPONED' AND (starts_on <= $as_of OR least(presale_on, general_sale_on) <= $as_of
    OR performance_id IN (SELECT performance_id FROM purchases WHERE ticket_status = 'VALID'))"""
_SHOWS = """SELECT organization, show_id, title, discipline, language,
    (organization, show_id) IN (SELECT (organization, show_id) FROM announced)
FROM shows WHERE title IS NOT NULL AND show_id IS NOT NULL ORDER BY ALL"""
_VENUES = """SELECT organization, venue_id, label, municipality, fsa,
    (organization, venue_id) IN (SELECT (organization, venue_id) FROM announced)
FROM venues WHERE label IS NOT NULL AND venue_id IS NOT NULL ORDER BY ALL"""


def seen_labels(home: Home) -> Seen:
    """Every title and room name of the current snapshot."""
    with pool_facts(home, WholePool("directory")) as facts:
        as_of = facts.execute("SELECT as_of FROM snapshot").fetchall()[0][0]
        facts.execute(_PUBLIC, {"as_of": as_of})
        shows = tuple(
            SeenShow(slug, own, title, Discipline(discipline or "UNKNOWN"), language or "", public)
            for slug, own, title, discipline, language, public in facts.execute(_SHOWS).fetchall()
        )
        venues = tuple(
            SeenVenue(slug, own, label, town or "", fsa or "", public)
            for slug, own, label, town, fsa, public in facts.execute(_VENUES).fetchall()
        )
    return Seen(shows, venues)


def lay_codes(connection: duckdb.DuckDBPyConnection, slug: str, common: CommonCodes) -> None:
    """Make `common_shows` and `common_venues`, (own id, code of the common entry), of one organization."""
    for name, codes in (("common_shows", common.shows), ("common_venues", common.venues)):
        own = sorted((own_id, code) for (holder, own_id), code in codes.items() if holder == slug)
        columns = {"own_id": [one for one, _ in own], "code": [code for _, code in own]}
        handed = pa.table(columns, schema=pa.schema([("own_id", pa.string()), ("code", pa.string())]))
        connection.register("_handed_over", handed)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM _handed_over")
        connection.unregister("_handed_over")

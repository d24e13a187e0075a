"""What each vault keeps of a harmonisation: the ids its customer codes have, and how ids merged and split."""

from datetime import datetime
from typing import Final

import duckdb

from publicc.harmonise.gather import IDENTITIES

_HISTORY: Final = """CREATE TABLE IF NOT EXISTS id_history (
    happened_at TIMESTAMP NOT NULL, level VARCHAR NOT NULL CHECK (level IN ('buyer', 'person')),
    event VARCHAR NOT NULL CHECK (event IN ('MERGED', 'SPLIT')), former_id VARCHAR NOT NULL, id VARCHAR NOT NULL)"""


def remember(
    vault: duckdb.DuckDBPyConnection, slug: str, schema: str, *, buyer_mark: str, happened_at: datetime
) -> None:
    """Write the ids of one organization from the connected scratch into its vault, all or nothing.

    Codes that are no longer current keep their ids: a deposit that brings them back finds them again. Of the persons'
    history, only what touches this organization's own records.
    """
    vault.execute(IDENTITIES)
    vault.execute(_HISTORY)
    vault.execute("BEGIN")
    vault.execute(
        f"""CREATE TEMP TABLE present AS
        SELECT c.source, c.customer_key, p.first_seen_at, b.buyer_id, $mark AS buyer_key, n.person_id, n.person_key
        FROM scratch.{schema}.customers c
        JOIN scratch.people p ON p.organization = $slug AND p.record_no = c.record_no
        JOIN scratch.buyer_names b ON b.organization = $slug AND b.source = c.source AND b.customer_key = c.customer_key
        JOIN scratch.person_names n ON n.organization = $slug AND n.source = c.source
            AND n.customer_key = c.customer_key""",
        {"mark": buyer_mark, "slug": slug},
    )
    vault.execute("DELETE FROM identities WHERE (source, customer_key) IN (SELECT (source, customer_key) FROM present)")
    vault.execute("INSERT INTO identities SELECT * FROM present ORDER BY source, customer_key")
    vault.execute(
        f"""INSERT INTO id_history
        SELECT $at, level, event, former_id, id FROM scratch.named_history
        WHERE (level = 'buyer' AND holder = $slug)
            OR (level = 'person' AND former_id IN (SELECT person_id FROM scratch.{schema}.former))
        ORDER BY ALL""",
        {"at": happened_at, "slug": slug},
    )
    vault.execute("COMMIT")
    vault.execute("DROP TABLE present")

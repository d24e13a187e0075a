"""The e-mails of an organization's own buyers, for its director or data steward: those who accept e-mails, no other.

`python -m publicc.harmonise.own_buyers SLUG FORM LANG` reads ids of buyers on its input, opens the vault, and writes
what it found on its output: a line of JSON (`Standing`), then the file. The site's own process only passes it on: it
neither holds the key nor opens a vault. Who never said yes is left out: silence is not consent (LCAP, CASL).
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import duckdb

from publicc.intake.checks.contacts import EMAIL_COURTESY, EMAIL_WELL_FORMED, find_shared_emails
from publicc.kernel.errors import Broken, NotFound
from publicc.kernel.later import later
from publicc.kernel.spreadsheets import safe_text
from publicc.kernel.text import Lang, Text, language
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = later("xlsxwriter")

FORMS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COUNT_ONLY: Final = "count"
COLUMNS: Final = {
    "email": Text("Courriel", "E-mail"),
    "title": Text("Titre", "Title"),
    "first_name": Text("Prénom", "First name"),
    "last_name": Text("Nom", "Last name"),
    "language": Text("Langue", "Language"),
    "customer_key": Text("Code client", "Customer number"),
}
"""What the file holds: enough to write to a person and to find them again at the box office."""
_SECONDS: Final = 300
_LEFT_OUT: Final = (
    ("no", Text("Refusent les courriels", "Refuse e-mails")),
    ("never_asked", Text("N'ont jamais dit oui ni non", "Never said yes or no")),
    ("no_address", Text("Acceptent, sans adresse qui soit la leur", "Accept, without an address that is theirs")),
    ("gone", Text("Ne sont plus dans vos fichiers", "Are no longer in your files")),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the buyers of a segment stand with e-mails. Each buyer is in one of the first five; `addresses` of `yes`."""

    yes: int
    no: int
    """One of their records, or another with the same address, says no."""
    never_asked: int
    no_address: int
    """They accept, and none of their records has an address that is theirs."""
    gone: int
    """No longer in the files: a deposit was undone since."""
    addresses: int
    is_asked: bool
    """Whether any record at all says yes or no."""

    @property
    def left_out(self) -> list[tuple[Text, int]]:
        """Why buyers are left out, in the order in which it is told, and how many."""
        return [(label, getattr(self, name)) for name, label in _LEFT_OUT]


@dataclass(frozen=True, slots=True)
class OwnBuyers:
    """How they stand, and the file of those who may be written to; empty when only the count was asked."""

    standing: Standing
    content: bytes


def own_buyers(slug: str, buyers: Sequence[str], *, form: str, lang: Lang) -> OwnBuyers:
    """What a process of its own found in the vault. Raises NotFound for no such form, Broken."""
    if form not in {COUNT_ONLY, *FORMS}:
        raise NotFound(Text("Cette forme n'existe pas.", "There is no such form."))
    command = [sys.executable, "-m", __name__, slug, form, lang]
    asked = json.dumps(list(buyers)).encode()
    done = subprocess.run(command, input=asked, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - ourselves
    told, _, content = done.stdout.partition(b"\n")
    if done.returncode or not told:
        raise Broken(
            Text("Le coffre n'a pas pu être lu.", "The vault could not be read."),
            do=Text("Réessayer; si cela revient, prévenir le pôle.", "Try again; if it happens again, tell the hub."),
        )
    return OwnBuyers(Standing(**json.loads(told)), content)


def read_own_buyers(vault: duckdb.DuckDBPyConnection, buyers: Sequence[str], *, form: str, lang: Lang) -> OwnBuyers:
    """The same, over a vault that is open."""
    judge(vault, buyers)
    names = ", ".join(COLUMNS)
    rows = vault.execute(f"SELECT {names} FROM to_write ORDER BY {names}").fetchall()
    counts = dict(vault.execute("SELECT standing, count(*) FROM standing_of GROUP BY 1").fetchall())
    is_asked = vault.execute("SELECT EXISTS (FROM said WHERE consent IS NOT NULL)").fetchone() == (True,)
    standing = Standing(
        **{name: int(counts.get(name, 0)) for name in ("yes", "no", "never_asked", "no_address", "gone")},
        addresses=len(rows),
        is_asked=is_asked,
    )
    write = {"csv": _as_csv, "xlsx": _as_xlsx}.get(form)
    return OwnBuyers(standing, write(rows, lang) if write else b"")


def judge(vault: duckdb.DuckDBPyConnection, buyers: Sequence[str]) -> None:
    """`standing_of(buyer_id, standing)`, one row a buyer; `to_write`, an address of each who accepts, each once."""
    find_shared_emails(vault)
    vault.execute(
        f"""CREATE OR REPLACE TEMP VIEW said AS
        SELECT *, lower(trim(email)) AS mailbox, {EMAIL_WELL_FORMED} AND NOT {EMAIL_COURTESY} AS is_theirs
        FROM (SELECT c.*, {_consent(vault)} AS consent, s.address IS NOT NULL AS email_shared
            FROM current_customers c LEFT JOIN shared_emails s ON s.address = lower(trim(c.email)))"""
    )
    vault.execute("CREATE OR REPLACE TEMP TABLE asked AS SELECT DISTINCT unnest($1::VARCHAR[]) AS buyer_id", [buyers])
    vault.execute(
        """CREATE OR REPLACE TEMP TABLE records AS
        SELECT i.buyer_id, s.*, coalesce(s.consent = FALSE OR s.mailbox IN (
            SELECT mailbox FROM said WHERE consent = FALSE AND mailbox IS NOT NULL), FALSE) AS refused
        FROM asked JOIN identities i USING (buyer_id) JOIN said s USING (source, customer_key)"""
    )
    vault.execute(
        """CREATE OR REPLACE TEMP TABLE standing_of AS
        SELECT buyer_id, CASE WHEN count(customer_key) = 0 THEN 'gone' WHEN bool_or(refused) THEN 'no'
            WHEN NOT coalesce(bool_or(consent), FALSE) THEN 'never_asked'
            WHEN NOT coalesce(bool_or(consent AND is_theirs), FALSE) THEN 'no_address' ELSE 'yes' END AS standing
        FROM asked LEFT JOIN records USING (buyer_id) GROUP BY buyer_id"""
    )
    filled = " + ".join(f"({name} IS NOT NULL)::INT" for name in ("title", "first_name", "last_name", "language"))
    names = ", ".join(f"r.{name}" for name in COLUMNS)
    vault.execute(
        f"""CREATE OR REPLACE TEMP TABLE to_write AS
        WITH fullest AS (
            SELECT r.* FROM records r JOIN standing_of o ON o.buyer_id = r.buyer_id AND o.standing = 'yes'
            WHERE r.consent AND r.is_theirs
            QUALIFY row_number() OVER (PARTITION BY r.buyer_id ORDER BY {filled} DESC, {names}) = 1)
        SELECT r.buyer_id, r.mailbox, {names} FROM fullest r
        QUALIFY row_number() OVER (PARTITION BY r.mailbox ORDER BY {filled} DESC, {names}) = 1"""
    )


def _consent(vault: duckdb.DuckDBPyConnection) -> str:
    """The column of consent; nothing at all in a vault that no deposit opened since there is one."""
    there = vault.execute(
        "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'current_customers' AND column_name = 'email_consent'"
    ).fetchone()
    return "c.email_consent" if there != (0,) else "NULL::BOOLEAN"


def _as_csv(rows: Sequence[tuple[str | None, ...]], lang: Lang) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    writer.writerow([column.said(lang) for column in COLUMNS.values()])
    writer.writerows([safe_text(value or "") for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _as_xlsx(rows: Sequence[tuple[str | None, ...]], lang: Lang) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(Text("Courriels", "E-mails").said(lang))
        head = book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        for x, column in enumerate(COLUMNS.values()):
            sheet.set_column(x, x, 34 if x == 0 else 18)
            sheet.write_string(0, x, column.said(lang), head)
        for y, row in enumerate(rows, start=1):
            for x, value in enumerate(row):
                sheet.write_string(y, x, safe_text(value or ""))
    return out.getvalue()


def _main(slug: str, form: str, lang: str) -> None:
    buyers = json.load(sys.stdin)
    home = Home.from_environment()
    with open_vault(home, KeyRing.open(home), slug, read_only=True) as vault:
        found = read_own_buyers(vault, buyers, form=form, lang=language(lang))
    sys.stdout.buffer.write(json.dumps(asdict(found.standing)).encode() + b"\n" + found.content)


if __name__ == "__main__":
    _main(*sys.argv[1:4])

"""Personal invitations for an organization's own buyers: those who accept e-mails, and whom nobody asked lately.

`python -m publicc.harmonise.inviting SLUG LANG` reads the addresses of a questionnaire by buyer on its input, opens the
vault, and writes what it found on its output: a line of JSON (`Invited`), then the file. The site's own process only
passes it on. Between surveys a mailbox *rests*: `harmonise.rests` says what an organization may learn of it.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb

from publicc.harmonise.own_buyers import judge
from publicc.harmonise.rests import Rests, opened_rests
from publicc.kernel.errors import BadInput, Broken
from publicc.kernel.spreadsheets import safe_text
from publicc.kernel.text import Lang, Text, language
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault

FEWEST_TOGETHER: Final = 50
"""Reachable buyers below which an organization that shares its rests is given no file: a list of one would ask of one
person. Others would not help whoever fills a list with people of their own making; `rests` holds without it."""
COLUMNS: Final = {
    "email": Text("Courriel", "E-mail"),
    "first_name": Text("Prénom", "First name"),
    "last_name": Text("Nom", "Last name"),
    "language": Text("Langue", "Language"),
    "address": Text("Adresse du questionnaire", "Address of the questionnaire"),
}
_SECONDS: Final = 300
_TOO_FEW: Final = "too few"


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation to write: whose, to which mailbox, with which words around it."""

    buyer: str
    mailbox: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """The buyers in the file, and the file."""

    buyers: tuple[str, ...]
    content: bytes


def invited(slug: str, addresses: Mapping[str, str], *, together: bool, today: date, lang: Lang) -> Invited:
    """What a process of its own wrote. `addresses`: of the questionnaire, by buyer.

    `together`: whether the organization takes part in the recognition of people between organizations, and so in rests
    that are common. Raises BadInput when too few can be reached, Broken.
    """
    told = json.dumps({"addresses": dict(addresses), "together": together, "today": today.isoformat()})
    command = [sys.executable, "-m", __name__, slug, lang]
    done = subprocess.run(command, input=told.encode(), capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - ourselves
    said, _, content = done.stdout.partition(b"\n")
    if done.returncode or not said:
        raise Broken(
            Text("Le coffre n'a pas pu être lu.", "The vault could not be read."),
            do=Text("Réessayer; si cela revient, prévenir le pôle.", "Try again; if it happens again, tell the hub."),
        )
    found = json.loads(said)
    if found == _TOO_FEW:
        raise too_few()
    return Invited(tuple(found), content)


def too_few() -> BadInput:
    """The sentence of a list that is too short."""
    return BadInput(
        Text("Trop peu d'acheteurs peuvent être invités.", "Too few buyers may be invited."),
        found=Text("Il en faut {n} qui acceptent les courriels.", "{n} who accept e-mails are needed.").filled(
            n=FEWEST_TOGETHER
        ),
        do=Text(
            "Choisir un public plus large, ou partager le lien commun.",
            "Choose a wider audience, or share the common link.",
        ),
    )


def letters(vault: duckdb.DuckDBPyConnection, buyers: Sequence[str]) -> list[Letter]:
    """Who of these buyers may be written to, each mailbox once, in the order of the mailboxes."""
    judge(vault, buyers)
    rows = vault.execute(
        "SELECT buyer_id, mailbox, email, first_name, last_name, language FROM to_write ORDER BY mailbox"
    ).fetchall()
    return [Letter(buyer, mailbox, tuple(one or "" for one in words)) for buyer, mailbox, *words in rows]


def chosen(everyone: Sequence[Letter], rests: Rests, *, today: date) -> list[Letter] | None:
    """Those whom this round may ask, marked as asked; None when the list is too short to be told apart."""
    if rests.is_common and len(everyone) < FEWEST_TOGETHER:
        return None
    awake = rests.awake([one.mailbox for one in everyone], today)
    asked = [one for one in everyone if one.mailbox in awake]
    rests.ask([one.mailbox for one in asked], today)
    return asked


def written(asked: Sequence[Letter], addresses: Mapping[str, str], lang: Lang) -> bytes:
    """The file to bring into a mailing program."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    writer.writerow([column.said(lang) for column in COLUMNS.values()])
    writer.writerows([*(safe_text(word) for word in one.words), addresses[one.buyer]] for one in asked)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _main(slug: str, lang: str) -> None:
    told = json.load(sys.stdin)
    home, today = Home.from_environment(), date.fromisoformat(told["today"])
    ring = KeyRing.open(home)
    with open_vault(home, ring, slug, read_only=True) as vault:
        everyone = letters(vault, list(told["addresses"]))
    with opened_rests(home, ring, slug, is_common=told["together"]) as rests:
        asked = chosen(everyone, rests, today=today)
    if asked is None:
        sys.stdout.buffer.write(json.dumps(_TOO_FEW).encode() + b"\n")
        return
    content = written(asked, told["addresses"], language(lang))
    sys.stdout.buffer.write(json.dumps([one.buyer for one in asked]).encode() + b"\n" + content)


if __name__ == "__main__":
    _main(*sys.argv[1:3])

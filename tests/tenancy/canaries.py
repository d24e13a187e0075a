"""Values found nowhere else, planted in one organization: wherever they come up, they say whose they are."""

import io
import re
import subprocess
import zipfile
from itertools import count
from typing import Final, Literal, NamedTuple, TypeAlias
from urllib.parse import unquote_plus

Kind: TypeAlias = Literal["id", "pr", "ad"]
"""Of a person (`id`): a name, an e-mail, a phone, an address, a code. Of the house (`pr`): what its members wrote;
`ad`: the address by which one of them signs in."""

HOUSES: Final = {"theatre-du-nord": "nord", "opera-des-rives": "rive"}
PHONES: Final = {"nord": "977", "rive": "978"}
POSTAL_CODES: Final = {"nord": "J9T 8K1", "rive": "G8L 7N2"}
_LETTERS: Final = "bcdfghjkmn"
_PLANTED: Final = re.compile(
    r"xq(?P<kind>id|pr|ad)(?P<house>nord|rive)"
    r"|819\D{0,3}(?P<phone>977|978)\D?1\d{3}"
    r"|(?P<code>j9t\W{0,3}8k1|g8l\W{0,3}7n2)"
)
_ZIPPED: Final = b"PK\x03\x04"
_number = count()


class Canary(NamedTuple):
    """What was found: of a person or not, and whose."""

    kind: Kind
    slug: str


def planted(kind: Kind, slug: str) -> str:
    """A new value of that organization: letters only, so that no cleaning changes it."""
    tail = "".join(_LETTERS[int(digit)] for digit in f"{next(_number):04}")
    return f"Xq{kind}{HOUSES[slug]}{tail}"


def phone(slug: str) -> str:
    """A phone number of nobody's, in an exchange that only this organization has."""
    return f"819 {PHONES[HOUSES[slug]]}-{1000 + next(_number) % 1000}"


def canaries_in(said: str) -> set[Canary]:
    """Whose values are in that text, however it is written in addresses."""
    found = set[Canary]()
    for text in (said, unquote_plus(said)) if "%" in said else (said,):
        for one in _PLANTED.finditer(text.lower()):
            house = one["house"] or _house_of(one["phone"] or (one["code"] or "")[:3])
            slug = next(slug for slug, name in HOUSES.items() if name == house)
            kind: Kind = "pr" if one["kind"] == "pr" else "ad" if one["kind"] == "ad" else "id"
            found.add(Canary(kind, slug))
    return found


def _house_of(part: str) -> str:
    return "nord" if part in {"977", "j9t"} else "rive"


def text_of(content: bytes) -> str:
    """What a file says, whatever it is: the text of a PDF, every part of an XLSX or a PPTX."""
    if content.startswith(b"%PDF"):
        told = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout
        return told.decode() + content.decode("latin-1")
    if content.startswith(_ZIPPED):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return content.decode("utf-8", "replace")

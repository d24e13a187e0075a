"""How box offices write people down: hurried, in capitals, without accents, one letter off."""

from collections.abc import Callable
from typing import Final

import numpy as np

from publicc.demo.chance import Flags, Floats, Stream, Words, happens, picked, words
from publicc.demo.words import NICKNAMES, without_accents

CITY_FORMS: Final = {
    "Montréal": ("Montréal", "Montreal", "MONTREAL", "Mtl", "montréal"),
    "Québec": ("Québec", "Quebec", "QUÉBEC", "Ville de Québec", "Qc"),
    "Saguenay": ("Saguenay", "Chicoutimi", "SAGUENAY", "Jonquière"),
    "Sherbrooke": ("Sherbrooke", "SHERBROOKE", "Lennoxville", "sherbrooke"),
    "Toronto": ("Toronto", "TORONTO", "toronto", "North York", "Etobicoke"),
}
PROVINCE_FORMS: Final = {
    "QC": (("QC", "Québec", "Quebec", "Qc", "PQ", ""), (0.55, 0.17, 0.12, 0.08, 0.03, 0.05)),
    "ON": (("ON", "Ontario", "Ont.", ""), (0.7, 0.2, 0.05, 0.05)),
    "NB": (("NB", "Nouveau-Brunswick", "N.-B."), (0.7, 0.2, 0.1)),
}
COUNTRY_FORMS: Final = (("Canada", "CANADA", "CA", "Can", ""), (0.74, 0.07, 0.06, 0.02, 0.11))
PHONE_FORMS: Final = ("({0}) {1}-{2}", "{0}-{1}-{2}", "{0}{1}{2}", "{0} {1}-{2}", "1 {0} {1} {2}", "+1{0}{1}{2}")
DUMMY_PHONES: Final = ("123-456-7890", "000-000-0000", "514-000-0000", "098-765-4321")
DUMMY_POSTAL_CODES: Final = ("H0H 0H0", "O0H 0H0", "A1A 1A1")


def where(mask: Flags, column: Words, change: Callable[[str], str]) -> None:
    """Change the marked values in place."""
    for i in np.flatnonzero(mask):
        column[i] = change(str(column[i]))


def respelled(stream: Stream, column: Words, typo: Floats, plain: float) -> Words:
    """Names with their capitals, accents and letters as typed."""
    written = column.copy()
    n = len(column)
    where(happens(stream, typo, n), written, lambda name: _slip(stream, name))
    where(happens(stream, plain, n), written, without_accents)
    where(happens(stream, 0.055, n), written, str.upper)
    where(happens(stream, 0.02, n), written, str.lower)
    where(happens(stream, 0.006, n), written, lambda name: name + " ")
    return written


def misdecoded(name: str) -> str:
    """`Élodie` → `Ã‰lodie`: UTF-8 read as Windows-1252 by a system long gone."""
    return name.encode("utf-8").decode("cp1252", errors="ignore")


def _slip(stream: Stream, name: str) -> str:
    if len(name) < 4:
        return name
    at = int(stream.integers(1, len(name) - 1))
    kind = int(stream.integers(0, 4))
    if kind == 0:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind == 1:
        return name[:at] + name[at + 1 :]
    if kind == 2:
        return name[:at] + name[at] + name[at:]
    return name[:at] + "aeiourstnl"[int(stream.integers(0, 10))] + name[at + 1 :]


def nicknamed(name: str) -> str:
    """The familiar form when there is one, else the name."""
    return NICKNAMES.get(name, name)


def cities(stream: Stream, column: Words) -> Words:
    """Municipalities as written: capitals, short forms, old names, boroughs."""
    written = column.copy()
    n = len(column)
    choice = stream.random(n)
    for i in np.flatnonzero(choice < 0.25):
        forms = CITY_FORMS.get(str(column[i]))
        if forms is not None:
            written[i] = forms[int(choice[i] * 4 * len(forms))]
        elif choice[i] < 0.12:
            written[i] = str(column[i]).upper() if choice[i] < 0.06 else str(column[i]).replace("Saint-", "St-")
    return written


def provinces(stream: Stream, column: Words) -> Words:
    """Provinces, in full, by code, or left out."""
    written = column.copy()
    for province, (forms, shares) in PROVINCE_FORMS.items():
        rows = np.flatnonzero(column == province)
        written[rows] = picked(stream, forms, shares, len(rows))
    return written


def postal_codes(stream: Stream, column: Words, missing: float) -> Words:
    """Postal codes with and without space, in small letters, with the letter O for a zero, dummies, or empty."""
    n = len(column)
    choice = stream.random(n)
    written = [
        f"{code[:3]} {code[3:]}" if c < 0.72 else code if c < 0.86 else f"{code[:3]} {code[3:]}".lower()
        for code, c in zip(column, choice.tolist(), strict=True)
    ]
    typed = words(written)
    where(happens(stream, 0.008, n), typed, lambda code: code.replace("0", "O", 1))
    dummy = happens(stream, 0.011, n)
    typed[dummy] = picked(stream, DUMMY_POSTAL_CODES, (0.6, 0.25, 0.15), int(dummy.sum()))
    typed[happens(stream, missing, n)] = ""
    return typed


def phones(stream: Stream, column: Words, missing: float) -> Words:
    """Ten digits in the form of whoever typed them; a few dummies; some left out."""
    n = len(column)
    form = stream.integers(0, len(PHONE_FORMS), n)
    written = words(
        [
            PHONE_FORMS[f].format(digits[:3], digits[3:6], digits[6:]) if digits else ""
            for digits, f in zip(column, form.tolist(), strict=True)
        ]
    )
    dummy = happens(stream, 0.012, n)
    written[dummy] = picked(stream, DUMMY_PHONES, (0.5, 0.25, 0.15, 0.1), int(dummy.sum()))
    written[happens(stream, missing, n)] = ""
    return written


def emails(stream: Stream, column: Words, courtesy: str, missing: float) -> Words:
    """Addresses as given; some left out, some the house's own to get past a required field, a few mistyped."""
    n = len(column)
    written = column.copy()
    where(happens(stream, 0.05, n), written, str.upper)
    where(happens(stream, 0.004, n), written, lambda address: address.replace("@", " @"))
    where(happens(stream, 0.004, n), written, lambda address: address.replace("@", ""))
    written[happens(stream, missing, n)] = ""
    polite = happens(stream, 0.022, n)
    written[polite] = picked(
        stream, (courtesy, "aucun@aucun.com", "info@" + courtesy.split("@")[1]), (0.6, 0.25, 0.15), int(polite.sum())
    )
    return written

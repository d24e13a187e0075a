"""The model for box-office customers of French and English Canada."""

from typing import Final

from publicc.harmonise.linkage.levels import begins, close, either_begins, key, level, same_digits, same_end
from publicc.harmonise.linkage.model import Comparison, Frequency, Model

GIVEN: Final = Comparison(
    "given_name",
    absent="l.initials IS NULL OR r.initials IS NULL",
    levels=(
        level("exact", "l.given = r.given", same=0.80, home=0.01, chance=0.0035, rarity="given_bits", resembles=2),
        level(
            "swapped",
            "l.given = r.surname AND l.surname = r.given",
            same=0.01,
            home=0.0001,
            chance=0.000001,
            resembles=1,
        ),
        level(
            "in the surname's place",
            "l.given = r.surname OR l.surname = r.given",
            same=0.005,
            home=0.0001,
            chance=0.00002,
            resembles=1,
        ),
        level(
            "nickname", "list_has_any(l.given_roots, r.given_roots)", same=0.04, home=0.003, chance=0.002, resembles=1
        ),
        level(
            "part of a compound",
            "l.given_head = r.given OR r.given_head = l.given",
            same=0.01,
            home=0.003,
            chance=0.0003,
            resembles=1,
        ),
        level(
            "initials",
            f"(l.given IS NULL OR r.given IS NULL) AND {either_begins('initials')}",
            same=0.03,
            home=0.05,
            chance=0.002,
            resembles=1,
        ),
        level(
            "one of the couple",
            "l.given_other = r.given OR r.given_other = l.given",
            same=0.005,
            home=0.005,
            chance=0.00003,
            resembles=1,
        ),
        level("typing slip", close("l.given", "r.given", long=7), same=0.06, home=0.01, chance=0.0015, resembles=1),
        level(
            "beginning",
            f"least(length(l.given), length(r.given)) >= 2 AND {either_begins('given')}",
            same=0.01,
            home=0.005,
            chance=0.0003,
            resembles=1,
        ),
        level(
            "alike",
            "jaro_winkler_similarity(l.given, r.given) >= 0.88",
            same=0.01,
            home=0.02,
            chance=0.0015,
            resembles=1,
        ),
        level(
            "same initial", "left(l.initials, 1) = left(r.initials, 1)", same=0.005, home=0.07, chance=0.07, resembles=1
        ),
        level("different", "true", same=0.005, home=0.8, chance=0.92),
    ),
    differs_at_home=True,
    names_the_person=True,
)

SURNAME: Final = Comparison(
    "surname",
    absent="l.surname IS NULL OR r.surname IS NULL OR (l.given = r.surname AND l.surname = r.given)",
    levels=(
        level("exact", "l.surname = r.surname", same=0.85, home=0.7, chance=0.0007, rarity="surname_bits", resembles=2),
        level(
            "part of a double name",
            "list_has_any(l.surname_parts, r.surname_parts)",
            same=0.03,
            home=0.03,
            chance=0.0002,
            resembles=1,
        ),
        level("typing slip", close("l.surname", "r.surname", long=8), same=0.08, home=0.03, chance=0.0005, resembles=1),
        level(
            "alike",
            "jaro_winkler_similarity(l.surname, r.surname) >= 0.9",
            same=0.02,
            home=0.01,
            chance=0.0004,
            resembles=1,
        ),
        level("different", "true", same=0.02, home=0.23, chance=0.998),
    ),
    identifies=False,
    names_the_person=True,
)

PLACE: Final = Comparison(
    "place",
    absent="coalesce(l.postal_code = r.postal_code, l.city = r.city, l.street = r.street) IS NULL",
    levels=(
        level(
            "same door",
            "l.civic = r.civic AND l.street = r.street AND l.postal_code = r.postal_code",
            same=0.35,
            home=0.4,
            chance=0.000001,
            sought=True,
        ),
        level("same address", "l.civic = r.civic AND l.street = r.street", same=0.1, home=0.1, chance=0.000002),
        level(
            "almost the same address",
            f"(l.civic = r.civic AND {close('l.street', 'r.street', long=8)})"
            " OR (l.postal_code = r.postal_code AND l.street = r.street)"
            " OR (l.civic = r.civic AND (l.postal_code = r.postal_code OR l.city = r.city)"
            " AND jaro_winkler_similarity(l.street, r.street) >= 0.9)",
            same=0.05,
            home=0.05,
            chance=0.000002,
        ),
        level(
            "same postal code, address unknown",
            "l.postal_code = r.postal_code AND (l.street IS NULL OR r.street IS NULL)",
            same=0.2,
            home=0.2,
            chance=0.000002,
            sought=True,
        ),
        level(
            "same postal code, number or city",
            "l.postal_code = r.postal_code AND (l.civic = r.civic OR l.city = r.city)",
            same=0.02,
            home=0.02,
            chance=0.000002,
            sought=True,
        ),
        level("same postal code", "l.postal_code = r.postal_code", same=0.02, home=0.02, chance=0.000002, sought=True),
        level(
            "almost the same postal code",
            f"(l.city = r.city OR l.street = r.street OR {close('l.city', 'r.city')})"
            f" AND {close('l.postal_code', 'r.postal_code')}",
            same=0.04,
            home=0.04,
            chance=0.00001,
        ),
        level(
            "same street and city",
            f"(l.street = r.street AND (l.city = r.city OR {close('l.city', 'r.city')}))"
            f" OR (l.city = r.city AND l.civic = r.civic AND {close('l.street', 'r.street', long=8)})",
            same=0.02,
            home=0.02,
            chance=0.00002,
        ),
        level("same sector", "l.fsa = r.fsa", same=0.03, home=0.03, chance=0.002),
        level("same city", "l.city = r.city", same=0.05, home=0.05, chance=0.0005),
        level("same municipality", "l.municipality = r.municipality", same=0.03, home=0.03, chance=0.05),
        level("different", "true", same=0.13, home=0.05, chance=0.95),
    ),
    identifies=False,
)

PHONE: Final = Comparison(
    "phone",
    absent="l.phone IS NULL OR r.phone IS NULL",
    levels=(
        level("exact", "l.phone = r.phone", same=0.6, home=0.5, chance=0.000001, rarity="phone_bits", sought=True),
        level("typing slip", close("l.phone", "r.phone"), same=0.03, home=0.02, chance=0.000002),
        level("different", "true", same=0.37, home=0.48, chance=1.0),
    ),
)

EMAIL: Final = Comparison(
    "email",
    absent="l.email IS NULL OR r.email IS NULL",
    levels=(
        level("exact", "l.email = r.email", same=0.65, home=0.05, chance=0.000001, rarity="email_bits", sought=True),
        level(
            "same user elsewhere",
            "l.email_user = r.email_user AND length(l.email_user) >= 6",
            same=0.02,
            home=0.001,
            chance=0.000002,
            sought=True,
        ),
        level(
            "typing slip",
            f"length(l.email_user) >= 5 AND {same_end('email_user', 2)} AND {close('l.email', 'r.email')}"
            f" AND {same_digits('email')}",
            same=0.03,
            home=0.001,
            chance=0.000001,
        ),
        level("different", "true", same=0.3, home=0.94, chance=1.0),
    ),
    suffices=True,
    made_of_the_name=True,
)


KEYS: Final = (
    key("courriel", "e-mail", "email"),
    key("téléphone", "telephone", "phone"),
    key("code postal", "postal code", "postal_code", cap=30),
    key("nom complet", "full name", "least(given, surname)", "greatest(given, surname)", cap=15),
    key("nom et ville", "name and city", "given", "surname", "city"),
    key("nom et secteur", "name and sector", "given", "surname", "fsa"),
    key("nom de famille et code postal", "surname and postal code", "surname", "postal_code", cap=60),
    key("adresse", "address", "civic", "street", cap=12),
    key("adresse dans son secteur", "address in its sector", "doorstep", cap=60),
    key("début du courriel", "e-mail user", "CASE WHEN length(email_user) >= 6 THEN email_user END", cap=12),
    key(
        "initiale, nom de famille et secteur",
        "initial, surname and sector",
        "left(initials, 1)",
        "surname",
        "fsa",
        cap=30,
    ),
    key(
        "initiale, nom de famille et ville", "initial, surname and city", "left(initials, 1)", "surname", "city", cap=30
    ),
    key("prénom, secteur et début du nom", "first name, sector, start of surname", "given", "fsa", "left(surname, 2)"),
    key("chacun des noms de famille", "each surname", "given", "element", cap=15, unnest="surname_parts"),
    key("chacun des prénoms usuels", "each formal first name", "element", "surname", cap=15, unnest="given_roots"),
    key("prénom et son du nom", "first name and sound of surname", "given", "surname_sound", cap=15),
    key("nom et son du prénom", "surname and sound of first name", "surname", "given_sound", cap=15),
    key("numéro civique et code postal", "civic number and postal code", "civic", "postal_code", cap=30),
    key("prénom et code postal", "first name and postal code", "given", "postal_code", cap=20),
    key(
        "débuts des noms et de la ville",
        "beginnings of names and city",
        *begins("given", 3, "surname", 3, "city", 3),
        cap=12,
    ),
    key(
        "porte et débuts de la rue et de la ville",
        "civic number, beginnings of street and city",
        "civic",
        *begins("street", 4, "city", 3),
        cap=12,
    ),
    key(
        "débuts d'un nom, de la rue et de la ville",
        "beginnings of a name, street and city",
        *begins("element", 4, "street", 6, "city", 2),
        cap=12,
        unnest="[given, surname]",
    ),
)
"""Rare combinations: each brings few pairs, together they miss one true pair in eighty."""

CANADA: Final = Model(
    comparisons=(GIVEN, SURNAME, PLACE, PHONE, EMAIL),
    keys=KEYS,
    frequencies=(
        Frequency("given_bits", "given", "surname || coalesce(fsa, '')"),
        Frequency("surname_bits", "surname", "coalesce(given, '') || coalesce(fsa, '')"),
        Frequency("phone_bits", "phone", "left(surname, 3)"),
        Frequency("email_bits", "email", "left(initials, 1) || left(surname, 2)"),
    ),
)

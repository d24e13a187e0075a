"""The model that compares tokens: one record is one person of one organization, with every token of its rows.

It asks the same questions as `linkage.canada`; a name can be compared where two persons share something else, which is
where it matters. Two persons whom their own organization told apart, in clear, stay apart but for strong reasons.
"""

from typing import Final

from publicc.harmonise.linkage.levels import level
from publicc.harmonise.linkage.model import Comparison, Key, Model
from publicc.kernel.text import Text


def _meet(*columns: str) -> str:
    return "(" + " OR ".join(f"list_has_any(l.{column}, r.{column})" for column in columns) + ")"


_SHARED: Final = _meet("email", "phone", "door")
_NAMED_ALIKE: Final = _meet("name", "formal_name", "name_fsa", "name_city", "initial_fsa", "slip_fsa", "slip_name")

GIVEN: Final = Comparison(
    "given_name",
    absent="NOT l.has_given OR NOT r.has_given OR NOT ("
    + " OR ".join((_SHARED, _NAMED_ALIKE, _meet("given", "root", "initial", "given_sound")))
    + ")",
    levels=(
        level("rare full name", _meet("name"), same=0.5, home=0.001, chance=0.000005, resembles=2),
        level("exact", _meet("given", "name_fsa", "name_city"), same=0.3, home=0.01, chance=0.0035, resembles=2),
        level("swapped", "list_has_any(l.name, r.swapped)", same=0.01, home=0.0001, chance=0.000001, resembles=1),
        level("nickname", _meet("root", "formal_name"), same=0.05, home=0.003, chance=0.002, resembles=1),
        level(
            "typing slip",
            _meet("given_sound", "slip_fsa", "slip_name"),
            same=0.07,
            home=0.01,
            chance=0.002,
            resembles=1,
        ),
        level("same initial", _meet("initial", "initial_fsa"), same=0.05, home=0.07, chance=0.07, resembles=1),
        level("different", "true", same=0.02, home=0.9, chance=0.92),
    ),
    differs_at_home=True,
    names_the_person=True,
)

SURNAME: Final = Comparison(
    "surname",
    absent="NOT l.has_surname OR NOT r.has_surname OR NOT ("
    + " OR ".join((_SHARED, _NAMED_ALIKE, _meet("surname", "surname_part", "surname_sound")))
    + ")",
    levels=(
        level(
            "exact",
            _meet("surname", "name", "name_fsa", "name_city", "initial_fsa"),
            same=0.85,
            home=0.7,
            chance=0.0007,
            resembles=2,
        ),
        level(
            "part of a double name",
            _meet("surname_part", "formal_name"),
            same=0.04,
            home=0.03,
            chance=0.0002,
            resembles=1,
        ),
        level(
            "typing slip",
            _meet("surname_sound", "slip_fsa", "slip_name"),
            same=0.07,
            home=0.03,
            chance=0.0008,
            resembles=1,
        ),
        level("different", "true", same=0.04, home=0.24, chance=0.998),
    ),
    identifies=False,
    names_the_person=True,
)

PLACE: Final = Comparison(
    "place",
    absent="len(l.area) = 0 OR len(r.area) = 0",
    levels=(
        level("same door", _meet("door", "civic_postal"), same=0.45, home=0.5, chance=0.000002, sought=True),
        level("same postal code", _meet("at_postal"), same=0.25, home=0.25, chance=0.000003),
        level("same sector", _meet("area"), same=0.1, home=0.1, chance=0.002),
        level("different", "true", same=0.2, home=0.15, chance=0.998),
    ),
    identifies=False,
)

PHONE: Final = Comparison(
    "phone",
    absent="len(l.phone) = 0 OR len(r.phone) = 0",
    levels=(
        level("exact", _meet("phone_alone"), same=0.4, home=0.1, chance=0.0000005),
        level("shared", _meet("phone"), same=0.2, home=0.4, chance=0.000001, sought=True),
        level("different", "true", same=0.4, home=0.5, chance=1.0),
    ),
)

EMAIL: Final = Comparison(
    "email",
    absent="len(l.email) = 0 OR len(r.email) = 0",
    levels=(
        level("exact", _meet("email_alone"), same=0.55, home=0.02, chance=0.0000005),
        level("shared", _meet("email"), same=0.1, home=0.05, chance=0.000001, sought=True),
        level("same user elsewhere", _meet("email_user"), same=0.05, home=0.001, chance=0.000002),
        level("different", "true", same=0.3, home=0.93, chance=1.0),
    ),
    suffices=True,
    made_of_the_name=True,
)

APART: Final = Comparison(
    "told_apart",
    absent="false",
    levels=(
        level("free", "l.organization <> r.organization", same=0.999, home=0.7, chance=0.85),
        level("told apart in clear", "true", same=0.001, home=0.3, chance=0.15),
    ),
    identifies=False,
)


def _key(fr: str, en: str, kind: str, cap: int = 40) -> Key:
    return Key(Text(fr, en), ("element",), cap, kind)


TOKENS: Final = Model(
    comparisons=(GIVEN, SURNAME, PLACE, PHONE, EMAIL, APART),
    keys=(
        _key("courriel", "e-mail", "email"),
        _key("téléphone", "telephone", "phone"),
        _key("porte", "door", "door", 60),
        _key("nom complet", "full name", "name", 30),
        _key("nom et prénom inversés", "swapped name", "either_name", 30),
        _key("nom usuel", "formal name", "formal_name", 20),
        _key("nom et secteur", "name and sector", "name_fsa"),
        _key("nom et ville", "name and city", "name_city"),
        _key("initiale, nom et secteur", "initial, surname and sector", "initial_fsa", 30),
        _key("son du nom et secteur", "sound of the name and sector", "slip_fsa", 20),
        _key("son du nom", "sound of the name", "slip_name", 20),
        _key("prénom et lieu", "first name and place", "given", 30),
        _key("nom et lieu", "surname and place", "surname", 60),
        _key("numéro civique et code postal", "civic number and postal code", "civic_postal", 30),
        _key("début du courriel", "e-mail user", "email_user", 20),
    ),
    frequencies=(),
)

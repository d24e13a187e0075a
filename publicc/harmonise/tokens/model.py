"""The model that compares tokens: one record is one person of one organization, with every token of its rows.

It asks the same questions as `linkage.canada`; a name can be compared where two persons share something else, which is
where it matters. Two persons whom their own organization told apart, in clear, stay apart but for strong reasons.
"""

from typing import Final

from publicc.harmonise.linkage.levels import level
from publicc.harmonise.linkage.model import Comparison, Key, Level, Model
from publicc.kernel.text import Text


def _meet(*columns: str) -> str:
    return "(" + " OR ".join(f"list_has_any(l.{column}, r.{column})" for column in columns) + ")"


_SHARED: Final = _meet("email", "phone", "door")
_NAMED_ALIKE: Final = _meet("name", "formal_name", "name_fsa", "name_city", "initial_fsa", "slip_fsa", "slip_name")
_GIVEN: Final = _meet("given", "name", "name_fsa", "name_city")
_SURNAME: Final = _meet("surname", "name", "name_fsa", "name_city", "initial_fsa")
_SPOKEN: Final = " OR ".join((_SHARED, _NAMED_ALIKE, _meet("given", "root", "initial", "given_sound", "surname")))


def _full_name(name: str, rarity: int, *, same: float, chance: float) -> Level:
    """The same full name, of this class of rarity or a rarer one at both organizations."""
    condition = f"{_meet('name')} AND least(l.name_rarity, r.name_rarity) >= {rarity}"
    return level(name, condition, same=same, home=0.0005, chance=chance, resembles=2)


NAME: Final = Comparison(
    "name",
    absent=f"NOT (l.has_given AND l.has_surname AND r.has_given AND r.has_surname AND ({_SPOKEN}))",
    levels=(
        _full_name("very rare full name", 3, same=0.25, chance=2**-23),
        _full_name("rare full name", 2, same=0.25, chance=2**-19),
        _full_name("usual full name", 1, same=0.1, chance=2**-15),
        _full_name("common full name", 0, same=0.05, chance=2**-12),
        level("full name", f"{_GIVEN} AND {_SURNAME}", same=0.15, home=0.003, chance=0.0001, resembles=2),
        level("swapped", "list_has_any(l.name, r.swapped)", same=0.01, home=0.0001, chance=0.000001, resembles=1),
        level(
            "formal name",
            f"{_meet('formal_name')} OR ({_meet('root')} AND {_SURNAME})",
            same=0.05,
            home=0.003,
            chance=0.00003,
            resembles=1,
        ),
        level(
            "typing slip",
            f"{_meet('slip_name', 'slip_fsa')} OR ({_GIVEN} AND {_meet('surname_sound', 'surname_part')})"
            f" OR ({_meet('given_sound')} AND {_SURNAME})",
            same=0.08,
            home=0.005,
            chance=0.00005,
            resembles=1,
        ),
        level(
            "initial and surname",
            f"{_meet('initial_fsa')} OR ({_meet('initial')} AND {_SURNAME})",
            same=0.05,
            home=0.05,
            chance=0.0002,
            resembles=1,
        ),
        level("first name only", f"{_GIVEN} OR {_meet('root')}", same=0.03, home=0.02, chance=0.0035, resembles=1),
        level(
            "surname only", f"{_SURNAME} OR {_meet('surname_part')}", same=0.01, home=0.65, chance=0.0007, resembles=1
        ),
        level("different", "true", same=0.02, home=0.27, chance=0.995),
    ),
    names_the_person=True,
    suffices=True,
)
"""First name and surname together: a token of a full name speaks of both, and must not be counted twice."""

PLACE: Final = Comparison(
    "place",
    absent="len(l.area) = 0 OR len(r.area) = 0",
    levels=(
        level("same door", _meet("door", "civic_postal"), same=0.5, home=0.6, chance=0.000002, sought=True),
        level("same sector", _meet("area"), same=0.3, home=0.25, chance=0.002),
        level("different", "true", same=0.2, home=0.15, chance=0.998),
    ),
    identifies=False,
)

PHONE: Final = Comparison(
    "phone",
    absent="len(l.phone) = 0 OR len(r.phone) = 0",
    levels=(
        level("exact", _meet("phone_alone"), same=0.4, home=0.1, chance=0.0000005, sought=True),
        level("shared", _meet("phone"), same=0.2, home=0.4, chance=0.000001, sought=True),
        level("different", "true", same=0.4, home=0.5, chance=1.0),
    ),
)

EMAIL: Final = Comparison(
    "email",
    absent="len(l.email) = 0 OR len(r.email) = 0",
    levels=(
        level("exact", _meet("email_alone"), same=0.55, home=0.02, chance=0.0000005, sought=True),
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
    comparisons=(NAME, PLACE, PHONE, EMAIL, APART),
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

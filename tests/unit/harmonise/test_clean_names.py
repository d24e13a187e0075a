"""Names of French and English Canada, as they are typed."""

import pytest

from publicc.harmonise.clean.given_names import GivenName, given_name
from publicc.harmonise.clean.institutions import kind_of_holder
from publicc.harmonise.clean.surnames import Surname, surname
from publicc.harmonise.clean.text import LONGEST, folded
from tests.unit.harmonise.drawn import drawn

GIVEN_NAMES = drawn("""
    as written              | name            | head    | initials | other
    ------------------------+-----------------+---------+----------+----------
    Jean-Sébastien          | jeansebastien   | jean    | js       |
    JEAN SEBASTIEN          | jeansebastien   | jean    | js       |
    J.-S.                   |                 |         | js       |
    JS                      |                 |         | js       |
    M.                      |                 |         | m        |
    M. Jean                 | jean            | jean    | j        |
    Mme Marie-Hélène        | mariehelene     | marie   | mh       |
    Dr Tina                 | tina            | tina    | t        |
    Cynthia R.              | cynthia         | cynthia | c        |
    Patrick et Frédérique   | patrick         | patrick | p        | frederique
    Danny & alexandra       | danny           | danny   | d        | alexandra
    AMY and jayden          | amy             | amy     | a        | jayden
    Paul/Anne               | paul            | paul    | p        | anne
    M. et Mme Jean          | jean            | jean    | j        |
    Zoë                     | zoe             | zoe     | z        |
    Étienne                 | etienne         | etienne | e        |
    李                       | 李               | 李       | 李        |
    ᐊᓗᒃ                     | ᐊᓗᒃ             | ᐊᓗᒃ     | ᐊ        |
    محمد                    | محمد            | محمد    | م        |
    🎭                      |                 |         |          |
    123                     |                 |         |          |
    Mme                     |                 |         |          |
""")


@pytest.mark.parametrize(("written", "name", "head", "initials", "other"), GIVEN_NAMES)
def test_a_first_name_is_read_as_it_was_meant(written: str, name: str, head: str, initials: str, other: str) -> None:
    found = given_name(written)
    assert (found.name or "", found.head or "", found.initials or "", found.other or "") == (
        name,
        head,
        initials,
        other,
    )


SURNAMES = drawn("""
    as written               | name             | parts
    -------------------------+------------------+------------------
    Gagnon-Tremblay          | gagnontremblay   | gagnon tremblay
    GAGNON TREMBLAY          | gagnontremblay   | gagnon tremblay
    Tremblay née Gagnon      | tremblaygagnon   | tremblay gagnon
    Tousignant-Tousignant    | tousignant       | tousignant
    St-Hilaire               | sainthilaire     | sainthilaire
    ST. HILAIRE              | sainthilaire     | sainthilaire
    Saint Hilaire            | sainthilaire     | sainthilaire
    Ste-Marie                | saintemarie      | saintemarie
    de la Durantaye          | deladurantaye    | deladurantaye
    D'Amours                 | damours          | damours
    D’Amours                 | damours          | damours
    van der Berg             | vanderberg       | vanderberg
    Mc Donald                | mcdonald         | mcdonald
    O'Neil                   | oneil            | oneil
    Tremblay Jr              | tremblay         | tremblay
    M. Tremblay              | tremblay         | tremblay
    Tremblay et Gagnon       | tremblaygagnon   | tremblay gagnon
    Lebœuf                   | leboeuf          | leboeuf
    Le                       | le               | le
    -                        |                  |
    12                       |                  |
""")


@pytest.mark.parametrize(("written", "name", "parts"), SURNAMES)
def test_a_surname_keeps_its_parts_whatever_the_spelling(written: str, name: str, parts: str) -> None:
    found = surname(written)
    assert (found.name or "", " ".join(found.parts)) == (name, parts)


NICKNAMES = drawn("""
    one       | other
    ----------+-----------
    Bob       | Robert
    Sadie     | Sarah
    Seb       | Sébastien
    Véro      | Véronique
    Gen       | Geneviève
    JF        | Jean-François
    Manu      | Emmanuelle
""")


@pytest.mark.parametrize(("nickname", "formal"), [case for case in NICKNAMES if case[0] != "JF"])
def test_a_nickname_may_stand_for_its_formal_name_in_both_languages(nickname: str, formal: str) -> None:
    assert set(given_name(nickname).roots) & set(given_name(formal).roots)


def test_two_names_that_share_no_root_stand_apart() -> None:
    assert not set(given_name("Robert").roots) & set(given_name("Sylvie").roots)


HOLDERS = drawn("""
    name                        | kind
    ----------------------------+-----------
    Marie Tremblay              | INDIVIDUAL
    Desjardins                  | INDIVIDUAL
    École Saint-Joseph          | GROUP
    Voyages Bellevue inc.       | GROUP
    Hôtel du Vieux-Port         | GROUP
    Guichet                     | GENERIC
    Vente au comptoir           | GENERIC
    Box office Saturday         | GENERIC
    Anonyme                     | GENERIC
    Johnny Cash                 | INDIVIDUAL
""")


@pytest.mark.parametrize(("name", "kind"), HOLDERS)
def test_organizations_and_the_counter_are_told_from_persons(name: str, kind: str) -> None:
    assert kind_of_holder(name).value == kind


def test_an_absurd_length_is_cut_before_it_costs_anything() -> None:
    assert len(folded("a" * 1_000_000)) == LONGEST


def test_nothing_readable_is_nothing() -> None:
    assert given_name("") == GivenName()
    assert surname(" . ") == Surname()

"""Addresses, cities and postal codes, as they are typed."""

import duckdb
import pytest

from publicc.harmonise.clean.addresses import address, civic_sql, doorless_sql, unnumbered_sql
from publicc.harmonise.clean.cities import city
from publicc.harmonise.clean.postal_codes import bare_sql, slips_mended_sql, usable_sql
from publicc.harmonise.clean.text import folded
from tests.unit.harmonise.drawn import drawn

ADDRESSES = drawn("""
    as written                          | civic | street
    ------------------------------------+-------+------------------
    4551 Rue Arsenault                  | 4551  | arsenault
    2-4551 rue Arsenault                | 4551  | arsenault
    4551, rue Arsenault, app. 2         | 4551  | arsenault
    4551 ARSENAULT ST. #2               | 4551  | arsenault
    4551 Arsenault                      | 4551  | arsenault
    132 Crevier Rd                      | 132   | crevier
    132 CREVIER ROAD                    | 132   | crevier
    4355 St-Denis Boul, app. 5          | 4355  | saintdenis
    4355, boulevard Saint-Denis, Apt 5  | 4355  | saintdenis
    2397 rue Christophe-Colomb          | 2397  | christophecolomb
    1250 boul. René-Lévesque Ouest      | 1250  | renelevesque
    1250 Rene-Levesque Blvd W           | 1250  | renelevesque
    80 Elgin West Street                | 80    | elgin
    12 ch. de la Montagne               | 12    | montagne
    45 1re Avenue                       | 45    | 1
    45 1st Ave                          | 45    | 1
    C.P. 120                            |       | box120
    PO Box 120                          |       | box120
    R.R. 3                              |       | rr3
    R.R. #3                             |       | rr3
    12 route rurale 3, app. 4           | 12    | rr3
    88 rue Elgin, suite 100             | 88    | elgin
    A5-88 Elgin Street # 12             | 88    | elgin
    10B rue Principale                  | 10    | principale
    9301 Rue                            | 9301  | rue
    rue Principale                      |       | principale
    ,                                   |       |
""")


@pytest.mark.parametrize(("written", "civic", "street"), ADDRESSES)
def test_an_address_is_its_number_and_its_street(written: str, civic: str, street: str) -> None:
    found = address(written)
    assert (found.civic or "", found.street or "") == (civic, street)


@pytest.mark.parametrize(("written", "civic", "street"), ADDRESSES)
def test_a_line_without_its_door_is_of_the_same_street(written: str, civic: str, street: str) -> None:
    line = folded(written)
    with duckdb.connect() as connection:
        ahead, unnumbered = connection.execute(f"SELECT {civic_sql('$1')}, {unnumbered_sql('$1')}", [line]).fetchall()[
            0
        ]
        ((doorless,),) = connection.execute(f"SELECT {doorless_sql('$1')}", [unnumbered]).fetchall()
    assert (ahead or "", address(doorless).street or "") == (civic, street)


CITIES = drawn("""
    as written                    | name                        | municipality
    ------------------------------+-----------------------------+-------------
    Montréal                      | montreal                    | montreal
    MTL                           | mtl                         | montreal
    Ste-Foy                       | saintefoy                   | quebec
    Sainte-Foy (Québec)           | saintefoy                   | quebec
    Québec                        | quebec                      | quebec
    Quebec City Northwest         | quebeccitynorthwest         | quebec
    Ville-Marie                   | villemarie                  | montreal
    Chicoutimi                    | chicoutimi                  | saguenay
    NORTH YORK                    | northyork                   | toronto
    St-Jérôme, QC                 | saintjerome                 | saintjerome
    Drummondville South           | drummondvillesouth          | drummondville
    1234                          |                             |
""")


@pytest.mark.parametrize(("written", "name", "municipality"), CITIES)
def test_a_city_has_one_spelling_and_the_name_it_bears_today(written: str, name: str, municipality: str) -> None:
    found = city(written)
    assert (found.name or "", found.municipality or "") == (name, municipality)


POSTAL_CODES = drawn("""
    as written | usable | mended
    -----------+--------+--------
    h2x 1y4    | yes    | H2X1Y4
    H2X-1Y4    | yes    | H2X1Y4
    H2X 1Y     | no     |
    H0H 0H0    | no     |
    H2XIY4     | no     | H2X1Y4
    HOM 1A0    | no     | H0M1A0
    D2X 1Y4    | no     |
""")


@pytest.mark.parametrize(("written", "usable", "mended"), POSTAL_CODES)
def test_a_postal_code_is_used_only_in_its_form(written: str, usable: str, mended: str) -> None:
    bare = bare_sql("$1")
    is_usable, slip, slip_usable = duckdb.execute(
        f"SELECT {usable_sql(bare)}, {slips_mended_sql(bare)}, {usable_sql(slips_mended_sql(bare))}", [written]
    ).fetchall()[0]
    assert is_usable is (usable == "yes")
    assert (slip if slip_usable else "") == mended

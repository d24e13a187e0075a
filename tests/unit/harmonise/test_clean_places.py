"""Addresses, cities and postal codes, as they are typed."""

import duckdb
import pytest

from publicc.harmonise.clean.addresses import address
from publicc.harmonise.clean.cities import city
from publicc.harmonise.clean.postal_codes import bare_sql, slips_mended_sql, usable_sql
from tests.unit.harmonise.drawn import drawn

ADDRESSES = drawn("""
    as written                          | civic | unit | street
    ------------------------------------+-------+------+------------------
    4551 Rue Arsenault                  | 4551  |      | arsenault
    2-4551 rue Arsenault                | 4551  | 2    | arsenault
    4551, rue Arsenault, app. 2         | 4551  | 2    | arsenault
    4551 ARSENAULT ST. #2               | 4551  | 2    | arsenault
    4551 Arsenault                      | 4551  |      | arsenault
    132 Crevier Rd                      | 132   |      | crevier
    132 CREVIER ROAD                    | 132   |      | crevier
    4355 St-Denis Boul, app. 5          | 4355  | 5    | saintdenis
    4355, boulevard Saint-Denis, Apt 5  | 4355  | 5    | saintdenis
    2397 rue Christophe-Colomb          | 2397  |      | christophecolomb
    1250 boul. René-Lévesque Ouest      | 1250  |      | renelevesque
    1250 Rene-Levesque Blvd W           | 1250  |      | renelevesque
    80 Elgin West Street                | 80    |      | elgin
    12 ch. de la Montagne               | 12    |      | montagne
    45 1re Avenue                       | 45    |      | 1
    45 1st Ave                          | 45    |      | 1
    C.P. 120                            |       |      | box120
    PO Box 120                          |       |      | box120
    R.R. 3                              |       |      | rr3
    10B rue Principale                  | 10    |      | principale
    9301 Rue                            | 9301  |      | rue
    rue Principale                      |       |      | principale
    ,                                   |       |      |
""")


@pytest.mark.parametrize(("written", "civic", "unit", "street"), ADDRESSES)
def test_an_address_is_its_number_its_door_and_its_street(written: str, civic: str, unit: str, street: str) -> None:
    found = address(written)
    assert (found.civic or "", found.unit or "", found.street or "") == (civic, unit, street)


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

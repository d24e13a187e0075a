"""The order of the rows changes nothing to who is who."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from publicc.harmonise.linkage import LinkScope, link
from tests.integration.harmonise.customers import rows_of

FIRST = ("Anne", "Anna", "Luc", "Jean-Luc", "JL", "Bob", "Robert", "", "Marie et Paul")
LAST = ("Roy", "Gagnon", "Gagnon-Roy", "Simard", "Simrad", "")
PHONE = ("514-987-6541", "450-662-1188", "")
EMAIL = ("roy@bell.net", "gagnon@gmail.com", "g.agnon@gmail.com", "info@opera.ca", "")
POSTAL = ("H2X 1Y4", "h2x1y4", "G1R 2B5", "")

ROW = st.fixed_dictionaries(
    {
        "first_name": st.sampled_from(FIRST),
        "last_name": st.sampled_from(LAST),
        "phone": st.sampled_from(PHONE),
        "email": st.sampled_from(EMAIL),
        "postal_code": st.sampled_from(POSTAL),
    }
)


@settings(max_examples=15, deadline=None)
@given(st.lists(ROW, min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[dict[str, str]], chance: object) -> None:
    numbered = [{**row, "customer_number": f"n{i:02}"} for i, row in enumerate(rows)]
    shuffled = numbered.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert outcome(numbered) == outcome(shuffled)


def outcome(rows: list[dict[str, str]]) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        result = link(connection, rows_of(connection, rows), scope=LinkScope.POOL)
        return connection.execute(
            f"SELECT customer_number, person_no, household_no, confidence FROM {result.relation} ORDER BY 1"
        ).fetchall()

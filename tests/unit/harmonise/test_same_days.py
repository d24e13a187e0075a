"""The supply of a day: what everyone could see that day in the territory, whoever gave it."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import duckdb

from publicc.harmonise.same_days import count_same_days
from publicc.store.supply import Offered, PublicSupply
from publicc.store.tables import SUPPLY_FILE, TABLES

FORM = "FORMAT parquet"
AS_OF = date(2025, 6, 1)


def snapshot(folder: Path, drawn: str, *, sold: tuple[str, ...] = (), declared: dict[str, str] | None = None) -> Path:
    """One file a table and organization, from `organization id day fsa status …` lines."""
    rows = [line.split() for line in drawn.strip().splitlines()]
    connection = duckdb.connect()
    for organization in sorted({row[0] for row in rows}):
        for table in ("performances", "venues", "organizations", "purchases"):
            columns = ", ".join(f"{name} {kind}" for name, kind in TABLES[table].items())
            connection.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")
        connection.execute(
            "INSERT INTO organizations BY NAME SELECT ? AS organization, ? AS territory",
            [organization, (declared or {}).get(organization)],
        )
        for _, name, day, fsa, status, *more in (row for row in rows if row[0] == organization):
            told = dict(one.split("=") for one in more)
            connection.execute(
                """INSERT INTO performances BY NAME SELECT ? AS performance_id, ? AS organization, ? AS venue_id,
                ?::DATE AS starts_on, ? AS status, 'PERFORMING_ARTS' AS event_type, ? AS deal_type,
                ? = 'yes' AS is_online, ?::DATE AS presale_on""",
                [name, organization, name, day, status, told.get("deal", "PRESENTATION"), told.get("online", "no"),
                 told.get("presale")],
            )  # fmt: skip
            connection.execute(
                "INSERT INTO venues BY NAME SELECT ? AS venue_id, ? AS organization, ? AS fsa",
                [name, organization, None if fsa == "–" else fsa],
            )
            if name in sold:
                connection.execute(
                    """INSERT INTO purchases BY NAME SELECT ? AS organization, ? AS performance_id,
                    'VALID' AS ticket_status""",
                    [organization, name],
                )
        for table in ("performances", "venues", "organizations", "purchases"):
            (folder / table).mkdir(parents=True, exist_ok=True)
            connection.execute(f"COPY {table} TO '{folder / table / organization}.parquet' ({FORM})")
    return folder


def counted(folder: Path) -> dict[str, int | None]:
    with duckdb.connect() as connection:
        count_same_days(connection, folder, as_of=AS_OF, form=FORM)
        files = str(folder / "performances" / "*.parquet")
        rows = connection.execute(
            "SELECT performance_id, same_day_count FROM read_parquet($files)", {"files": files}
        ).fetchall()
        return dict(rows)


def test_all_members_of_the_district_count_the_one_in_question_included(tmp_path: Path) -> None:
    folder = snapshot(
        tmp_path,
        """
        theatre  a 2025-01-10 H2X SCHEDULED
        theatre  b 2025-01-11 H2X SCHEDULED
        cabaret  c 2025-01-10 H2Z SCHEDULED
        cabaret  d 2025-01-10 H2X RESCHEDULED
        laval    e 2025-01-10 H7N SCHEDULED
        """,
    )
    assert counted(folder) == {"a": 3, "b": 1, "c": 3, "d": 3, "e": 1}


def test_what_was_called_off_or_went_online_is_no_supply_and_a_rental_is(tmp_path: Path) -> None:
    folder = snapshot(
        tmp_path,
        """
        theatre  a 2025-01-10 H2X SCHEDULED
        theatre  b 2025-01-10 H2X CANCELLED
        theatre  c 2025-01-10 H2X POSTPONED
        theatre  d 2025-01-10 H2X SCHEDULED online=yes
        theatre  e 2025-01-10 H2X SCHEDULED deal=RENTAL
        """,
    )
    assert counted(folder) == {"a": 2, "b": None, "c": None, "d": None, "e": 2}


def test_a_date_to_come_counts_once_it_is_public_never_before(tmp_path: Path) -> None:
    folder = snapshot(
        tmp_path,
        """
        theatre  a 2025-12-10 H2X SCHEDULED
        theatre  b 2025-12-10 H2X SCHEDULED presale=2025-05-01
        cabaret  c 2025-12-10 H2X SCHEDULED presale=2025-11-01
        cabaret  d 2025-12-10 H2X SCHEDULED
        """,
        sold=("d",),
    )
    assert counted(folder) == {"a": None, "b": 2, "c": None, "d": 2}


def test_without_an_address_the_declared_territory_stands_and_elsewhere_it_does_not(tmp_path: Path) -> None:
    folder = snapshot(
        tmp_path,
        """
        theatre  a 2025-01-10 –   SCHEDULED
        theatre  b 2025-01-10 H1Y SCHEDULED
        cabaret  c 2025-01-10 H2X SCHEDULED
        quai     d 2025-01-10 G1K SCHEDULED
        quai     e 2025-01-10 –   SCHEDULED
        lost     f 2025-01-10 –   SCHEDULED
        """,
        declared={"theatre": "quartier-des-spectacles", "quai": "capitale-nationale"},
    )
    assert counted(folder) == {"a": 2, "b": 1, "c": 2, "d": 2, "e": 2, "f": None}


def test_the_columns_and_their_order_stay_those_of_the_table(tmp_path: Path) -> None:
    folder = snapshot(tmp_path, "theatre a 2025-01-10 H2X SCHEDULED")
    counted(folder)
    read = duckdb.connect().from_parquet(str(folder / "performances" / "theatre.parquet"))
    assert read.columns == list(TABLES["performances"])


def public(folder: Path, viewer: str) -> list[tuple[object, ...]]:
    """What that organization may read of the supply, by day."""
    counted(folder)
    told = PublicSupply(folder / SUPPLY_FILE, viewer).between(date(2025, 1, 1), date(2025, 12, 31))
    return [(one.on.day, one.territory, one.seats, one.is_room_known, one.own) for one in told]


def test_the_supply_is_told_with_usual_seats_and_whether_it_is_ones_own_never_whose(tmp_path: Path) -> None:
    folder = snapshot(
        tmp_path,
        """
        theatre  a 2025-01-10 H2X SCHEDULED
        cabaret  c 2025-01-11 H2X SCHEDULED
        cabaret  d 2025-07-11 H2X SCHEDULED
        """,
    )
    with duckdb.connect() as connection:
        file = folder / "performances" / "theatre.parquet"
        connection.execute(
            f"""COPY (SELECT * REPLACE (220 AS capacity, 'DANCE' AS discipline) FROM read_parquet('{file}'))
            TO '{file}x' (FORMAT parquet)"""
        )
        Path(f"{file}x").replace(file)
    assert public(folder, "theatre") == [
        (10, "quartier-des-spectacles", 220, True, True),
        (11, "quartier-des-spectacles", None, False, False),
    ]
    names = {field.name for field in fields(Offered)}
    assert not names & {"organization", "organizations", "title", "show", "capacity", "status"}


def test_a_plan_came_true_when_its_house_sells_that_evening(tmp_path: Path) -> None:
    folder = snapshot(tmp_path, "theatre  a 2025-01-10 H2X SCHEDULED")
    counted(folder)
    supply = PublicSupply(folder / SUPPLY_FILE, "cabaret")
    assert supply.is_held_by("theatre", date(2025, 1, 10), 20)
    assert not supply.is_held_by("cabaret", date(2025, 1, 10), 20)
    assert not supply.is_held_by("theatre", date(2025, 1, 11), None)
    assert supply.houses("quartier-des-spectacles", date(2025, 1, 1), date(2025, 2, 1)) == 1
    assert PublicSupply().between(AS_OF, AS_OF) == ()
    assert PublicSupply().houses("montreal", AS_OF, AS_OF) == 0

"""A harmonisation compares what came, changed or went since the last one, and gives what comparing all would give."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from publicc.harmonise.continued import FEWEST
from publicc.harmonise.leaving import leave_pool
from publicc.harmonise.stages import Stages
from publicc.intake.schema import create_schema
from publicc.kernel.text import Text
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.snapshots import current
from publicc.store.vaults import open_vault
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import MADE_AT, ask, run
from tests.integration.harmonise.test_link_odd_tables import Row, person

CIRCLE = ("opera", "ballet")
EACH = FEWEST // 2 + 10
FIELDS = ("first_name", "last_name", "address", "city", "postal_code", "phone", "email")


def put(home: Home, slug: str, people: dict[str, int], *, deposit: int = 1) -> None:
    """Add customers to a vault: code → the person of the town that it is."""
    put_rows(home, slug, {code: person(i) for code, i in people.items()}, deposit=deposit)


def put_rows(home: Home, slug: str, rows: dict[str, Row], *, deposit: int = 1) -> None:
    """Add customers to a vault: code → what was written of it; all of them bought nothing."""
    with open_vault(home, KeyRing.open(home), slug) as vault:
        create_schema(vault)
        vault.execute("BEGIN")
        vault.executemany(
            f"""INSERT INTO customers (source, customer_key, deposit_id, file_no, row_number, {", ".join(FIELDS)})
            VALUES ('box', ?, ?, 1, ?, {", ".join("?" * len(FIELDS))})""",
            [
                [code, deposit, place, *(row.get(name) or None for name in FIELDS)]
                for place, (code, row) in enumerate(rows.items(), 1)
            ],
        )
        vault.execute("COMMIT")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two organizations of a circle that know the same town, harmonised once."""
    home = Home(tmp_path_factory.mktemp("town") / "home")
    for slug in CIRCLE:
        put(home, slug, {f"c{i}": i for i in range(EACH)})
        fill(home, slug, performances="performance_key | title\nP | Hamlet")
    run(home, *CIRCLE, circle=CIRCLE)
    return home


@pytest.fixture
def town(begun: Home, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(begun.root, tmp_path / "home")))


class Heard:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def step(self, what: Text, done: int = 0, total: int | None = None) -> None:  # noqa: ARG002
        self.told.append(what.en)

    @property
    def compared(self) -> list[str]:
        return [one for one in self.told if one.startswith(("Comparing", "Finding pairs"))]


def harmonised(home: Home, day: int, circle: Sequence[str] = CIRCLE, *, afresh: bool = False) -> list[str]:
    """Harmonise, and say what was compared."""
    heard = Heard()
    run(home, *CIRCLE, circle=tuple(circle), day=day, stages=Stages(progress=heard), afresh=afresh)
    return heard.compared


def persons(home: Home) -> list[tuple[object, ...]]:
    return ask(home, "SELECT organization, buyer_id, person_id, household_id, pool_household_id, records FROM persons")


def linkages(home: Home) -> list[Path]:
    return sorted(home.vaults.glob("@linkage-*.duckdb"))


WHOLE = ["Finding pairs", "Comparing", "Finding pairs", "Comparing"]


def test_only_new_and_changed_records_are_compared_and_ids_stay(town: Home) -> None:
    before = dict(ask(town, "SELECT buyer_id, person_id FROM persons"))
    put(town, "opera", {"again": 3, "stranger": 9001, "c5": 9002}, deposit=2)
    assert harmonised(town, 3) == ["Comparing 3 new or changed records"] * 2
    continued = persons(town)
    after = dict(ask(town, "SELECT buyer_id, person_id FROM persons"))
    assert len(after.keys() - before.keys()) == 1  # the stranger; the one who changed keeps the id of the code
    assert sum(after[buyer] == person for buyer, person in before.items()) == len(before) - 1
    assert ask(town, "SELECT count(*) FROM persons WHERE records = 2") == [(1,)]

    shutil.rmtree(town.pool)
    assert harmonised(town, 4, afresh=True) == WHOLE
    assert persons(town) == continued


def test_with_nothing_new_nothing_is_compared_and_another_circle_destroys_what_the_former_one_left(town: Home) -> None:
    first, ring = current(town), KeyRing.open(town)
    assert harmonised(town, 3) == ["Comparing 0 new or changed records"] * 2
    assert current(town) == first

    across = next(file for file in linkages(town) if "across" in file.name)
    assert across.stem in ring.holders()
    assert across.stat().st_mode & 0o077 == 0
    assert harmonised(town, 3, circle=()) == ["Comparing 0 new or changed records"]
    assert not across.exists()
    assert across.stem not in ring.holders()


def test_when_a_tenth_has_moved_all_is_compared_and_who_leaves_leaves_nothing(town: Home) -> None:
    put(town, "opera", {f"n{i}": 8000 + i for i in range(EACH // 4)}, deposit=2)
    assert harmonised(town, 3) == WHOLE

    ring, former = KeyRing.open(town), linkages(town)
    leave_pool(town, ring, "ballet", [], at=MADE_AT)
    assert not [file for file in former if file.exists() or file.stem in ring.holders()]


def test_what_is_lost_costs_a_comparison_of_all(town: Home) -> None:
    before = persons(town)
    spoilt, locked = linkages(town)
    spoilt.write_bytes(b"\0" * spoilt.stat().st_size)
    (town.keys / "wrapped" / f"{locked.stem}.json").unlink()
    assert harmonised(town, 3) == WHOLE
    assert persons(town) == before


def test_what_another_process_holds_is_left_to_it(town: Home) -> None:
    before = {file: file.read_bytes() for file in linkages(town)}
    with FileLock(town.vaults / "@linkage-.lock"):
        assert harmonised(town, 3) == WHOLE
    assert {file: file.read_bytes() for file in linkages(town)} == before


def test_no_identity_can_be_read_in_what_is_kept(begun: Home) -> None:
    held = b"".join(file.read_bytes() for file in linkages(begun)).lower()
    assert len(held) > 100_000
    told = [value.lower().encode() for value in person(3).values() if len(value) > 5]
    assert len(told) == 6
    assert not [one for one in told if one in held]


KILLED = """
import sys, threading, time, os; from pathlib import Path
from publicc.store.home import Home
from tests.integration.harmonise.asking import run
threading.Thread(target=lambda: (time.sleep(float(sys.argv[2])), os.kill(os.getpid(), 9)), daemon=True).start()
run(Home(Path(sys.argv[1])), "opera", "ballet", circle=("opera", "ballet"), day=5); os._exit(0)
"""


def test_processes_killed_at_any_moment_leave_what_the_next_one_can_continue(town: Home) -> None:
    put(town, "opera", {"again": 3, "stranger": 9001}, deposit=2)
    where = Path(__file__).parents[3]
    for delay in ("0.4", "0.9", "1.6"):
        subprocess.run([sys.executable, "-c", KILLED, str(town.root), delay], check=False, cwd=where)
    assert len(harmonised(town, 6)) == 2
    assert ask(town, "SELECT count(*), count(*) FILTER (WHERE records = 2) FROM persons") == [(2 * EACH + 1, 1)]
    assert ask(town, "SELECT count(DISTINCT person_id) FROM persons") == [(EACH + 1,)]

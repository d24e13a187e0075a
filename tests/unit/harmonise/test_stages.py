"""What each stage took is told with its rows; laps of one name add up."""

import pytest

from publicc.harmonise.stages import Stages
from publicc.kernel.text import Text


def test_laps_of_one_name_add_up_and_rows_are_told_by_the_second() -> None:
    stages = Stages()
    for rows in (30, 12):
        with stages.lap("read", Text("Lecture", "Reading")) as stage:
            stage.rows += rows
    stages.laps["read"].seconds = 0.5
    stages.laps["empty"] = type(stage)()
    assert stages.as_json() == {
        "read": {"seconds": 0.5, "rows": 42, "rows_per_second": 84},
        "empty": {"seconds": 0.0, "rows": 0, "rows_per_second": 0},
    }


def test_a_lap_that_fails_is_timed_all_the_same() -> None:
    stages = Stages()
    with pytest.raises(ValueError, match="no"), stages.lap("read", Text("Lecture", "Reading")):
        raise ValueError("no")
    assert stages.laps["read"].seconds > 0

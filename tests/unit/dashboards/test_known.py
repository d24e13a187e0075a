from datetime import date

from publicc.dashboards.known import Known
from publicc.metrics.counted import source_of
from tests.spec.metrics.world import World


def test_what_no_filter_changes_is_found_once() -> None:
    world = World((), (), as_of=date(2019, 8, 31), shows=[{"show_id": "cygne", "title": "Le lac"}])
    with world.connection() as facts:
        source, known = source_of(facts), Known(world.as_of)
        assert known.titles(source) == {"cygne": "Le lac"}
        facts.execute("DELETE FROM shows")
        assert known.titles(source) == {"cygne": "Le lac"}

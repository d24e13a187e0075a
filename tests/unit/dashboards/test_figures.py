import json

from publicc.dashboards.figures import all_figures
from tests.spec.metrics.world import OWN
from tests.unit.dashboards.test_screens import WORLD


def test_a_script_reads_the_same_figures_as_a_page() -> None:
    with WORLD.connection() as facts:
        told = all_figures(facts, OWN, WORLD.as_of)
    season = told["seasons"]["2018-2019"]["season"]
    assert season["figures"]["admission_count"]["cell"] == {"state": "shown", "value": 9, "n": 9}
    assert season["tables"]["shows"]["rows"][0][0] == "Roméo et Juliette"


def test_the_same_facts_give_the_same_bytes() -> None:
    written = []
    for _ in range(2):
        with WORLD.connection() as facts:
            written.append(json.dumps(all_figures(facts, OWN, WORLD.as_of), ensure_ascii=False))
    assert written[0] == written[1]
    assert "null" not in written[0]

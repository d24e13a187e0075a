from pathlib import Path

from publicc.metrics.definition import Metric
from publicc.metrics.examples import EXAMPLES
from publicc.metrics.pages import pages, write
from publicc.metrics.registry import METRICS

DOCS = Path(__file__).parents[3] / "docs" / "metrics"


def test_the_pages_in_the_repository_are_those_of_the_registry() -> None:
    stale = [name for name, content in pages() if (DOCS / name).read_text(encoding="utf-8") != content]
    assert stale == [], "run tools/metric-pages"


def test_every_metric_has_a_page_in_both_languages(tmp_path: Path) -> None:
    write(tmp_path)
    for lang in ("fr", "en"):
        written = "".join(path.read_text() for path in tmp_path.glob(f"*.{lang}.md"))
        assert [one for one in METRICS if f"`{one}`" not in written] == []


def test_every_worked_example_is_quoted_and_every_quote_exists() -> None:
    assert {name for one in METRICS.values() for name in one.examples} == set(EXAMPLES)


def test_every_metric_has_a_worked_example_that_a_specification_computes() -> None:
    specs = [path.read_text(encoding="utf-8") for path in (DOCS.parents[1] / "tests" / "spec" / "metrics").glob("*.py")]

    def computed(one: Metric) -> bool:
        tests = [f"def test_{example.replace('-', '_')}" for example in one.examples]
        return any(test in spec and one.id in spec for test in tests for spec in specs)

    assert [one.id for one in METRICS.values() if not computed(one)] == []

"""The Python client against the site itself: the same figures, problems as exceptions, tries that help, pages."""

import json
from collections.abc import Callable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx
import pytest

from publicc.api.models import Token
from publicc.client import BadRequest, Busy, Cell, Forbidden, Hub, NotThere, TooMany, Unreachable, WhoAreYou
from publicc.client.hub import A_PAGE
from publicc.collective.models import Organization
from publicc.config.wsgi import application
from publicc.directory.models import Entry
from publicc.metrics.registry import METRICS

SEASON = "2018-2019"
NOTEBOOK = Path(__file__).parents[3] / "docs" / "how-to" / "client.ipynb"


class Site:
    """The site itself, counting what it is asked; the first answers may be those of a hub in trouble."""

    def __init__(self, *trouble: tuple[str, dict[str, str]]) -> None:
        self.asked: list[str] = []
        self.statuses: list[str] = []
        self.trouble = list(trouble)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> object:
        self.asked.append(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        if self.trouble:
            status, headers = self.trouble.pop(0)
            if status == "fall":
                raise httpx.ConnectError("nobody there")
            start(status, list(headers.items()))
            return [b"<html>not a problem</html>"]

        def noted(status: str, headers: list[tuple[str, str]], *more: object) -> object:
            self.statuses.append(status[:3])
            return start(status, headers, *more)  # type: ignore[arg-type]

        return application(environ, noted)  # type: ignore[arg-type]


@pytest.fixture
def hub_of(
    one_connection: None, theatre: Organization, secret_of: Callable[..., tuple[Token, str]]
) -> Callable[..., Hub]:
    def made(site: Site | None = None, *, waits: list[float] | None = None, token: str = "", **given: object) -> Hub:
        secret = token or secret_of(theatre, **given)[1]
        transport = httpx.WSGITransport(app=site or Site())  # type: ignore[arg-type]
        sleep = (waits if waits is not None else []).append
        return Hub("http://localhost", secret, lang="en", transport=transport, sleep=sleep)

    return made


def test_definitions_organizations_and_kinds_are_typed(hub_of: Callable[..., Hub]) -> None:
    with hub_of() as hub:
        assert [one.id for one in hub.metrics()] == list(METRICS)
        assert hub.metric("occupancy_rate").label == METRICS["occupancy_rate"].label.en
        assert "month" in {one.id for one in hub.dimensions()}
        assert [one.slug for one in hub.organizations()] == ["theatre"]
        assert "pdf" in hub.reports("theatre")[0].forms
        assert list(hub.deposits("theatre")) == []


def test_a_query_is_the_answer_of_the_api_with_its_states(hub_of: Callable[..., Hub]) -> None:
    site = Site()
    hub = hub_of(site)
    answer = hub.query("theatre", ["admission_count", "occupancy_rate"], by=["month"], period=SEASON)
    assert (answer.organization, answer.by) == ("theatre", ("month",))
    assert answer.rows
    assert answer.rows[0]["admission_count"].state == "shown"
    assert answer.records()[0]["admission_count"] == answer.rows[0]["admission_count"].value
    again = hub.query("theatre", ["admission_count", "occupancy_rate"], by=["month"], period=SEASON)
    assert again == answer
    assert site.statuses == ["200", "304"]
    where = hub.query("theatre", ["admission_count"], where={"discipline": ["THEATRE", "DANCE"]}, period=SEASON)
    assert len(where.rows) == 1


def test_a_cell_that_is_not_shown_is_never_a_number() -> None:
    assert float(Cell("shown", 0.5)) == 0.5
    with pytest.raises(ValueError, match="persons"):
        float(Cell("withheld", reason="persons"))


def test_pages_are_gathered_as_they_are_taken(hub_of: Callable[..., Hub]) -> None:
    Entry.objects.bulk_create(
        Entry(kind="SHOW", name_fr=f"Titre {n:05}", name_en="", origin="RECOGNITION", is_listed=True)
        for n in range(A_PAGE + 2)
    )
    site = Site()
    entries = hub_of(site).directory("show")
    assert next(entries).name_fr == "Titre 00000"
    assert len(site.asked) == 1
    assert len(list(entries)) == A_PAGE + 1
    assert len(site.asked) == 2


def test_files_are_brought_and_a_report_is_the_bytes_of_the_site(hub_of: Callable[..., Hub], tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_bytes(b"Code client\n1\n")
    hub = hub_of(scopes=("READ", "REPORT", "DEPOSIT"))
    brought = hub.bring("theatre", [file])
    assert brought.deposit.file_names == ("clients.csv",)
    assert hub.deposit("theatre", brought.deposit.id) == brought.deposit
    assert hub.report("theatre", "board", form="csv", season=SEASON).startswith(b"\xef\xbb\xbf")
    with pytest.raises(Busy):
        hub.bring("theatre", [file])


def test_each_problem_is_an_exception_that_says_what_to_do(hub_of: Callable[..., Hub]) -> None:
    hub = hub_of(scopes=("READ",))
    with pytest.raises(Forbidden) as refused:
        hub.report("theatre", "board", form="csv")
    assert "Make a token that opens it" in refused.value.detail
    with pytest.raises(NotThere):
        hub.query("opera", ["admission_count"])
    with pytest.raises(BadRequest) as wrong:
        hub.query("theatre", ["nothing"])
    assert (wrong.value.status, bool(wrong.value.code)) == (400, True)
    with pytest.raises(WhoAreYou):
        hub_of(token="publicc_none").organizations()


def test_a_hub_in_trouble_is_asked_again_later_and_later(hub_of: Callable[..., Hub]) -> None:
    waits: list[float] = []
    site = Site(("503 x", {}), ("429 x", {"Retry-After": "7"}), ("fall", {}), ("502 x", {}))
    assert hub_of(site, waits=waits).organizations()
    assert len(site.asked) == 5
    assert waits[1] == 7.0
    assert 0.4 <= waits[0] <= 0.6
    assert 1.6 <= waits[2] <= 2.4
    for trouble, raised in (
        (("503 x", {}), Busy),
        (("429 x", {"Retry-After": "3600"}), TooMany),
        (("fall", {}), Unreachable),
    ):
        with pytest.raises(raised):
            hub_of(Site(*[trouble] * 9)).organizations()


def test_a_post_is_not_sent_twice(hub_of: Callable[..., Hub], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a\n")
    site = Site(("502 x", {}))
    with pytest.raises(Exception, match="502"):
        hub_of(site, scopes=("DEPOSIT",)).bring("theatre", [tmp_path / "a.csv"])
    assert len(site.asked) == 1


def test_the_notebook_runs(hub_of: Callable[..., Hub], capsys: pytest.CaptureFixture[str]) -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(one["source"]) for one in cells if one["cell_type"] == "code"]
    assert len(code) == 7
    place: dict[str, object] = {}
    for one in code:
        exec(compile(one, "client.ipynb", "exec"), place)  # noqa: S102 - our own notebook
        if "hub = Hub(" in one:
            place["hub"] = hub_of()
    assert "2018-" in capsys.readouterr().out

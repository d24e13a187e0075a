"""What members, and anybody, read of the whole collective: released cells as they are, the stricter ones in public."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from publicc.dashboards.page import DataTable, Screen, Value
from publicc.dashboards.portrait.asked import asked_portrait
from publicc.dashboards.portrait.saying import discipline_name, home_name
from publicc.dashboards.portrait.screen import Census, portrait_screen
from publicc.directory.territories import REGIONS
from publicc.disclosure.seal import Signer
from publicc.kernel.cells import Shown, Unknown, Withheld
from publicc.kernel.text import Text
from publicc.releases.audit import audit_release
from publicc.releases.build import build_release
from publicc.releases.contents import SEGMENTS
from publicc.releases.files import read_release
from publicc.releases.portrait import Portrait, portrait_of
from publicc.releases.publication import Approval, publication_of, publish
from publicc.releases.register import entry_of
from publicc.releases.signing import KEY_FILE
from publicc.reports.kinds import KINDS, PORTRAIT
from publicc.reports.portrait import compose_portrait
from publicc.segments.profiling import read_profiling
from tests.unit.releases.pool import write_pool
from tests.unit.releases.profiling import drawn_profiling

SIGNER = Signer("Pôle", Ed25519PrivateKey.from_private_bytes(bytes(32)))
CENSUS = Census({"06": 900_000, "03": 350_000}, Text("Recensement", "Census"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    release = home / "releases" / "2018-09-01_2019-08-31"
    build_release(
        write_pool(home / "drawn"), release, as_of=date(2020, 1, 15), signer=SIGNER, profiling=drawn_profiling()
    )
    approvals = [Approval("Ana", "OPERATOR", "2020-01-16"), Approval("Ben", "AUDITOR", "2020-01-16")]
    publish(release, approvals, signer=SIGNER, on=date(2020, 1, 16))
    (home / "keys").mkdir(mode=0o700)
    (home / "keys" / KEY_FILE).write_bytes(bytes(32))
    return release


@pytest.fixture
def anybody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("PUBLICC_HOME", str(folder.parents[1]))
    return Client(headers={"accept-language": "en"})


def read(folder: Path, *, is_public: bool) -> Portrait:
    release = read_release(folder)
    return portrait_of(release, publication_of(release), is_public=is_public)


@pytest.fixture(scope="module")
def members(folder: Path) -> Portrait:
    return read(folder, is_public=False)


@pytest.fixture(scope="module")
def public(folder: Path) -> Portrait:
    return read(folder, is_public=True)


def figures(screen: Screen) -> Iterator[Value]:
    tables: list[DataTable] = [*screen.tables, *(chart.table for chart in screen.charts)]
    yield from (value for table in tables for row in table.rows for value in row)


def test_what_is_public_is_also_for_members_and_never_finer(members: Portrait, public: Portrait) -> None:
    for place, cell in public.cells.items():
        if isinstance(cell, Shown):
            assert members.cells[place] == cell
    shown = [sum(isinstance(cell, Shown) for cell in one.cells.values()) for one in (members, public)]
    assert shown[0] > shown[1] > 0


def test_a_cell_for_members_alone_is_withheld_in_public_as_any_other(members: Portrait, public: Portrait) -> None:
    hidden = [place for place, cell in members.cells.items() if isinstance(cell, Shown) and place not in shown(public)]
    assert hidden
    for (figure, _), cell in ((place, public.cells[place]) for place in hidden):
        assert isinstance(cell, Withheld)
        alike = [one for (f, _), one in public.cells.items() if f[0] == figure[0] and isinstance(one, Withheld)]
        assert set(alike) == {cell}


def shown(portrait: Portrait) -> set[object]:
    return {place for place, cell in portrait.cells.items() if isinstance(cell, Shown)}


def test_a_cell_that_was_never_planned_is_withheld(members: Portrait) -> None:
    assert isinstance(members.cell("buyers", "nothing", "count"), Withheld)


@pytest.mark.parametrize("is_public", [False, True])
def test_every_figure_of_the_page_is_a_released_cell_or_follows_from_one(folder: Path, *, is_public: bool) -> None:
    portrait = read(folder, is_public=is_public)
    released = {float(cell.value) for cell in portrait.cells.values() if isinstance(cell, Shown)}
    bases = {cell.n for cell in portrait.cells.values() if isinstance(cell, Shown)}
    rates = {round(10_000 * value / n) for value in released for n in CENSUS.households.values()}
    counts = {n for pair in portrait.told().values() for n in pair}
    screen = portrait_screen([portrait], portrait, CENSUS)
    for value in figures(screen):
        if isinstance(value, Shown):
            assert float(value.value) in released | bases | rates | counts
    assert {tile.metric for tile in screen.tiles} <= {metric for (_, metric, _), _ in portrait.cells}


def test_the_page_names_no_organization(members: Portrait) -> None:
    screen = portrait_screen([members], members, CENSUS)
    assert "house-" not in repr(screen)


def test_an_unknown_home_has_no_rate(members: Portrait) -> None:
    homes = portrait_screen([members], members, CENSUS).table("homes")
    assert homes is not None
    rates = {str(row[0]): row[2] for row in homes.rows}
    assert {type(rate) for name, rate in rates.items() if "Domicile inconnu" in name} == {Unknown}


def test_the_page_says_how_much_is_withheld_of_each_family(public: Portrait) -> None:
    told = portrait_screen([public], public).table("withheld")
    assert told is not None
    assert len(told.rows) == 6
    assert "moins de 20" in told.note.said("fr")  # type: ignore[union-attr]


def test_a_month_in_which_too_few_organizations_play_is_withheld(public: Portrait) -> None:
    months = public.values("supply", "performance_count", "count", "month")
    assert {month for month, cell in months.items() if isinstance(cell, Shown)} == {"09", "10", "11"}
    assert all(cell.n is not None and cell.n >= 7 for cell in months.values() if isinstance(cell, Shown))
    (drawn,) = (chart for chart in portrait_screen([public], public).charts if chart.id == "months")
    assert len(drawn.table.rows) == 12
    assert drawn.note is not None
    assert "décembre, janvier" in drawn.note.fr


def test_the_certificate_says_how_many_people_stand_in_a_figure_of_each_family(public: Portrait) -> None:
    told = public.certificate["utility"]["persons_published"]
    homes = {"buyer_region", "main_discipline", "organizations_visited", "finest", "each_family"}
    assert set(told) == homes | {"profile", "parcours"}
    assert told["each_family"] <= min(share for name, share in told.items() if name not in {"each_family", "finest"})
    facts = {line.label.en: line.words.en for line in entry_of(public.as_entry()).facts}
    assert facts["People in a figure shown"].startswith("by region ")


def test_profiles_are_named_as_the_model_of_the_release_names_them(members: Portrait, public: Portrait) -> None:
    """Nobody of the drawn pool came more than four times: the passionate are withheld, never a zero."""
    page = portrait_screen((members,), members)
    assert members.profiles["P1"] == Text("Nom 1", "Name 1")
    crossing = page.table("segments")
    assert crossing is not None
    assert [row[0] for row in crossing.rows] == [*members.profiles.values(), Text("Indéterminé", "Undetermined")]
    assert all(isinstance(row[-1], Withheld) for row in crossing.rows)
    chart = page.chart("profiles")
    assert chart is not None
    assert len(chart.table.rows) >= 2
    shown = public.values(SEGMENTS, "buyer_count", "count", "profile").values()
    assert all(isinstance(cell, Withheld) or (isinstance(cell, Shown) and cell.value % 5 == 0) for cell in shown)


def test_segments_of_a_stored_release_are_attacked_and_counted_again(folder: Path) -> None:
    whole = audit_release(folder, pool=folder.parents[1] / "drawn", profiling=read_profiling)
    assert whole.held
    assert whole.attempts["segments"].run > 0
    assert whole.attempts["outsider_segments"].run > 0


def test_a_release_made_without_a_model_has_no_segments(members: Portrait) -> None:
    bare = {name: told for name, told in members.certificate.items() if name != "profiles"}
    page = portrait_screen((members,), replace(members, certificate=bare))
    assert page.chart("profiles") is None
    assert page.table("segments") is None


def test_two_releases_make_a_trend(members: Portrait) -> None:
    assert portrait_screen([members], members).table("trend") is None
    trend = portrait_screen([members, members], members).table("trend")
    assert trend is not None
    assert len(trend.columns) == 3


def test_the_entry_says_in_which_seats_it_was_approved_and_never_by_whom(public: Portrait) -> None:
    told = public.as_entry()
    assert [one["role"] for one in told["publication"]["approvals"]] == ["OPERATOR", "AUDITOR"]
    assert "Ana" not in repr(told)


@pytest.mark.django_db
def test_anybody_reads_the_public_edition_and_its_files(anybody: Client, members: Portrait, public: Portrait) -> None:
    page = anybody.get("/portrait/?season=2018-2019")
    assert page.status_code == 200
    told = page.content.decode()
    assert "Collective portrait" in told
    assert "12 organizations" in told
    assert "house-" not in told
    for address in ("tables/homes.csv", "tables/amounts.xlsx", "charts/shared.json", "charts/shared.svg"):
        assert anybody.get(f"/portrait/{address}").status_code == 200
    certificate = json.loads(anybody.get("/portrait/certificate.json").content)
    assert certificate["release"] == public.name == members.name
    for nowhere in ("?season=1999-2000", "tables/nothing.csv", "charts/nothing.json", "tables/homes.exe"):
        assert anybody.get(f"/portrait/{nowhere}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_whole_public_edition_is_a_document(anybody: Client, form: str) -> None:
    assert anybody.get(f"/portrait/files/fr.{form}").status_code == 200
    assert anybody.get(f"/portrait/files/de.{form}").status_code == 404


@pytest.mark.django_db
def test_a_chart_may_be_framed_by_any_site_without_a_cookie_or_a_script(anybody: Client) -> None:
    answer = anybody.get("/embed/en/2018-2019/shared/")
    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=86400"
    told = answer.content.decode()
    assert "<script" not in told
    assert told.count("<svg") == 2
    assert "Shared audiences" in told
    assert anybody.get("/embed/en/2018-2019/shared/", headers={"if-none-match": answer["ETag"]}).status_code == 304
    for nowhere in ("de/2018-2019/shared", "en/1999-2000/shared", "en/2018-2019/nothing"):
        assert anybody.get(f"/embed/{nowhere}/").status_code == 404


@pytest.mark.django_db
def test_before_any_release_the_public_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    client = Client()
    assert "Rien n'est encore publié" in client.get("/portrait/").content.decode()
    for address in ("charts/shared.json", "certificate.json", "files/fr.csv"):
        assert client.get(f"/portrait/{address}").status_code == 404
    assert client.get("/embed/fr/2018-2019/shared/").status_code == 404


def test_the_report_of_the_portrait_holds_the_cells_of_its_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(folder.parents[1]))
    told = compose_portrait(KINDS[PORTRAIT], "Pôle", {}, is_public=True)
    asked = asked_portrait({}, is_public=True)
    assert asked is not None
    (chapter,) = told.chapters
    assert (chapter.answer, chapter.tiles) == (asked.screen.answer, asked.screen.tiles)
    held = {table.id: table for table in chapter.every_table}
    for table in (*asked.screen.tables, *(chart.table for chart in asked.screen.charts)):
        if table.rows:
            assert (held[table.id].rows, held[table.id].total) == (table.rows, table.total), table.id
    assert any(isinstance(value, Shown) for table in held.values() for row in table.rows for value in row)
    assert told.snapshot == asked.chosen.name


def test_values_told_together_stand_for_those_they_hold_and_are_named(members: Portrait) -> None:
    homes = portrait_screen([members], members).table("homes")
    assert homes is not None
    assert len(homes.rows) == len(members.told_by("buyer_region")[0]) < 20
    crossed = portrait_screen([members], members).table("homes-by-discipline")
    assert crossed is not None
    zones, arts = members.told_by("buyer_region", "main_discipline")
    assert (len(crossed.rows), len(crossed.columns)) == (len(zones), len(arts) + 1)
    shown, held = members.told()["buyers"]
    assert shown + held < 60, "the finest values are not counted again"


def test_what_is_told_together_has_a_name_in_both_languages() -> None:
    assert discipline_name("DANCE|CIRCUS|OPERA") == Text("Danse et cirque, opéra", "Dance and circus, opera")
    assert discipline_name("DANCE") == Text("Danse", "Dance")
    assert home_name("05|17") == Text("Estrie, Centre-du-Québec", "Estrie, Centre-du-Québec")
    every = "|".join(REGIONS)
    assert home_name(every) == Text("Tout le Québec", "All of Québec")
    assert home_name(f"{every}|FOREIGN").en == "Québec and abroad"

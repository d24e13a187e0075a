import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from publicc.dashboards.page import Column, DataTable, Tile
from publicc.kernel.cells import Shown, Unknown, UnknownReason, Withheld, WithheldReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text


def drawn(source: str, lang: str = "fr", **context: object) -> str:
    with translation.override(f"{lang}-ca"):
        return Template("{% load publicc %}" + source).render(Context(context))


def test_the_page_s_language_decides_with_french_spaces() -> None:
    tag = '{% t "Prêt : {n} billets" "Ready: {n} tickets" n=12450 %}'
    assert drawn(tag) == "Prêt\u00a0: 12\u00a0450 billets"
    assert drawn(tag, "en") == "Ready: 12,450 tickets"


def test_what_someone_typed_is_escaped() -> None:
    assert drawn('{% t "Fichier {f}" "File {f}" f=name %}', name="<b>") == "Fichier &lt;b&gt;"


@pytest.mark.parametrize(("n", "fr", "en"), [(0, "0 billet", "0 tickets"), (1, "1 billet", "1 ticket")])
def test_zero_is_singular_in_french(n: int, fr: str, en: str) -> None:
    tag = '{% plural n "{n} billet" "{n} billets" "{n} ticket" "{n} tickets" %}'
    assert (drawn(tag, n=n), drawn(tag, "en", n=n)) == (fr, en)


def test_a_withheld_figure_has_words_and_no_figure() -> None:
    said = drawn('{% cell c "n" %}', c=Withheld(WithheldReason.PERSONS))
    assert "cell-withheld" in said
    assert "moins de 10" in said


def test_a_fragile_figure_says_its_base() -> None:
    assert "base de 12" in drawn('{% cell c "ratio" %}', c=Shown(0.5, n=12))


def test_an_unknown_figure_names_what_is_missing() -> None:
    assert "jauge" in drawn('{% cell c "ratio" %}', c=Unknown(UnknownReason.NO_DATA, "jauge"))


def test_a_tile_tells_how_a_share_moved_in_points() -> None:
    tile = Tile("occ", Text("Occupation", "Occupancy"), Shown(0.712, n=90), Unit.RATIO, before=Shown(0.69, n=90))
    assert "+2,2 points" in drawn("{% tile x %}", x=tile)


def test_a_fragile_tile_never_draws_a_movement() -> None:
    tile = Tile("occ", Text("Occupation", "Occupancy"), Shown(0.9, n=9), Unit.RATIO, before=Shown(0.5, n=90))
    assert "points" not in drawn("{% tile x %}", x=tile)


def test_a_table_s_bars_are_measured_against_its_greatest_figure() -> None:
    columns = (Column("a", Text("A", "A")), Column("n", Text("N", "N"), Unit.COUNT, bar=True))
    table = DataTable(
        "t", Text("T", "T"), columns, (("x", Shown(50)), ("y", Shown(100)), ("z", Withheld(WithheldReason.GROUP)))
    )
    said = drawn("{% data_table t %}", t=table)
    assert 'width="50.0"' in said
    assert 'width="100.0"' in said
    assert said.count("<rect") == 2


def test_a_listing_frames_the_rows_that_a_page_writes_with_its_name_and_its_headings() -> None:
    page = (
        '{% listing "Personnes" "People" kind="stacked" %}{% column "Courriel" "E-mail" %}'
        '{% column "Billets" "Tickets" figure=True %}{% rows %}{% for one in people %}<tr><td>{{ one }}</td></tr>'
        "{% endfor %}{% endlisting %}"
    )
    table = drawn(page, "en", people=["<Ada>"])
    assert 'aria-label="People"' in table
    assert 'class="table table-stacked"' in table
    assert '<th scope="col" class="is-figure">Tickets</th>' in table
    assert "&lt;Ada&gt;" in table
    assert 'aria-labelledby="people"' in drawn('{% listing by="people" %}{% rows %}{% endlisting %}')


@pytest.mark.parametrize("asked", ['by="x" kind="rainbow"', 'kind="stacked"', 'by="x" colour="red"'])
def test_a_listing_without_a_name_or_of_a_kind_that_there_is_not_is_refused(asked: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn(f"{{% listing {asked} %}}{{% rows %}}{{% endlisting %}}")

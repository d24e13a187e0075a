"""What a composed report is made of, and from blocks to a document. Pure but for the screens it is shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qs

from publicc.dashboards.page import Chart, DataTable, Notice, Screen, Tile
from publicc.dashboards.showing import BENCHMARKS, PAGES, Showing
from publicc.kernel.text import Text
from publicc.reports.composing import definitions_of, stamp_of, subtitle_of
from publicc.reports.document import Chapter, Document
from publicc.reports.prose import read_prose

CUSTOM: Final = "custom"
SCREEN, VIEW, WORDS = "screen", "view", "words"
ANSWER, TILES, CHART, TABLE = "answer", "tiles", "chart", "table"
FROM: Final = (*PAGES, BENCHMARKS)
"""Screens whose blocks may be chosen."""
NOTHING: Final = Text("", "")
_ANSWER: Final = Text("La réponse", "The answer")
_TILES: Final = Text("Les chiffres clés", "The key figures")
_GONE: Final = Text(
    "Ce bloc n'a rien à montrer pour cette période : {label}.",
    "This block has nothing to show for this period: {label}.",
)
_NO_VIEW: Final = Text("Cette vue n'est plus gardée : {label}.", "This view is no longer kept: {label}.")


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `part`: `answer`, `tiles`, `chart:<id>` or `table:<id>` of a screen; the number of a view; words."""

    kind: str
    screen: str = ""
    part: str = ""
    label: Text = NOTHING

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "kind": self.kind,
            "screen": self.screen,
            "part": self.part,
            "label": {"fr": self.label.fr, "en": self.label.en},
        }


def block_of(told: Mapping[str, Any]) -> Block:
    """A block that was kept."""
    return Block(told["kind"], told["screen"], told["part"], Text(**told["label"]))


def offered(screen: Screen) -> tuple[Block, ...]:
    """What may be taken from a screen, as it is now."""
    found = [Block(SCREEN, screen.id, ANSWER, _ANSWER)]
    if screen.tiles:
        found.append(Block(SCREEN, screen.id, TILES, _TILES))
    found += [Block(SCREEN, screen.id, f"{CHART}:{one.id}", one.title) for one in screen.charts]
    found += [Block(SCREEN, screen.id, f"{TABLE}:{one.id}", one.title) for one in screen.tables if one.rows]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Shower:
    """How a composed report sees: a screen over its own period, and a view over the filters it was kept with."""

    screen: Callable[[str], Showing]
    view: Callable[[str], tuple[str, Showing] | None]
    """Name and showing of a kept view by its number; None when it is no longer kept."""


def compose_blocks(
    name: str, organization: str, blocks: Sequence[Block], shower: Shower, *, with_before: bool
) -> Document:
    """The report of these blocks, in their order. `with_before`: whether figures recall those of a year earlier."""
    base = shower.screen("season")
    showings, chapters = [base], list[Chapter]()
    for at, block in enumerate(blocks):
        chapter, showing = _chapter(at, block, shower, with_before=with_before)
        if showing is not None:
            showings.append(showing)
        continues = bool(chapters) and chapter.title in {chapters[-1].title, NOTHING}
        chapters.append(replace(chapter, continues=continues, title=chapters[-1].title if continues else chapter.title))
    return Document(
        kind=CUSTOM,
        title=Text(name, name),
        purpose=Text("Composé par {name}.", "Composed by {name}.").filled(name=organization),
        organization=organization,
        subtitle=subtitle_of(base),
        chapters=tuple(chapters),
        definitions=definitions_of(showings[1:]),
        stamp=stamp_of(base),
        snapshot=base.snapshot,
        made_on=base.as_of.isoformat(),
        flowing=True,
    )


def _chapter(at: int, block: Block, shower: Shower, *, with_before: bool) -> tuple[Chapter, Showing | None]:
    bare = Chapter(f"block-{at}", NOTHING, NOTHING)
    if block.kind == WORDS:
        return replace(bare, prose=read_prose(block.part)), None
    if block.kind == VIEW:
        found = shower.view(block.part)
        if found is None:
            return replace(bare, notices=(_notice(_NO_VIEW, block),)), None
        name, showing = found
        whole = replace(bare, title=Text(name, name), answer=showing.screen.answer, notices=(_filters(showing),))
        return _with(whole, showing.screen, showing.screen.charts[:1], showing.screen.tables[:1]), showing
    showing = shower.screen(block.screen)
    return _part(replace(bare, title=showing.screen.title), block, showing.screen, with_before=with_before), showing


def _part(bare: Chapter, block: Block, screen: Screen, *, with_before: bool) -> Chapter:
    kind, _, wanted = block.part.partition(":")
    if kind == ANSWER:
        return replace(bare, answer=screen.answer, notices=screen.notices)
    if kind == TILES and screen.tiles:
        return replace(bare, tiles=tuple(_tile(one, with_before=with_before) for one in screen.tiles))
    charts = tuple(one for one in screen.charts if kind == CHART and one.id == wanted)
    tables = tuple(one for one in screen.tables if kind == TABLE and one.id == wanted and one.rows)
    if not charts and not tables:
        return replace(bare, notices=(_notice(_GONE, block),))
    return _with(bare, screen, charts, tables)


def _with(bare: Chapter, screen: Screen, charts: Sequence[Chart], tables: Sequence[DataTable]) -> Chapter:
    """The chapter with these, under names that no other block has."""

    def own(table: DataTable) -> DataTable:
        return replace(table, id=f"{bare.id}-{screen.id}-{table.id}")

    named = tuple(replace(one, id=f"{bare.id}-{screen.id}-{one.id}", table=own(one.table)) for one in charts)
    return replace(bare, charts=named, tables=tuple(own(one) for one in tables if one.rows))


def _tile(tile: Tile, *, with_before: bool) -> Tile:
    return tile if with_before else replace(tile, before=None)


def _notice(words: Text, block: Block) -> Notice:
    return Notice("info", words.filled(label=block.label))


def _filters(showing: Showing) -> Notice:
    return Notice(
        "info",
        Text("Sous les filtres de la vue : {said}.", "Under the view's filters: {said}.").filled(
            said=subtitle_of(showing)
        ),
    )


def view_asked(query: str) -> dict[str, list[str]]:
    """What a kept view asks, as the filters of an address."""
    return parse_qs(query)

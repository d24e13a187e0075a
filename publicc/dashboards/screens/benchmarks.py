"""*Comparatifs*: better or worse than organizations like us, over a closed and released period.

For the direction: targets, and what to look into. Peers are read from releases; own figures are exact. Source: screens,
screen 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from publicc.dashboards.asking import Asker
from publicc.dashboards.comparing import Compared, compared, difference_words, gap_words, peer_words
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Value
from publicc.dashboards.wording import said, words
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit, period_words
from publicc.kernel.text import Text
from publicc.metrics.registry import METRICS
from publicc.releases.catalogue import Cohort, Released
from publicc.releases.standing import UNTOLD, Side, others_words, why_withheld

_HEADLINES: Final = (
    "occupancy_rate",
    "average_price_paid",
    "retention_rate",
    "new_buyer_share",
    "lead_time_median",
    "multi_buyer_share",
    "distance_median",
)
_TITLE: Final = Text("Comparatifs", "Benchmarks")
_PURPOSE: Final = Text(
    "Pour la direction : quelles cibles se donner, et où regarder de plus près.",
    "For the direction: which targets to set, and what to look into.",
)
_KINDS: Final = (
    ("shares", Text("En parts", "Shares"), (Unit.RATIO,)),
    ("money", Text("En dollars", "Dollars"), (Unit.MONEY,)),
    ("days", Text("En jours", "Days"), (Unit.DAYS,)),
    ("distance", Text("En kilomètres", "Kilometres"), (Unit.KM,)),
    ("others", Text("En nombre", "Numbers"), (Unit.PLAIN,)),
)
_RULES: Final = Text(
    "Vous n'êtes pas dans le groupe. Une voix par organisme; médiane à partir de 5 autres, quartiles à partir de 8; "
    "deux chiffres significatifs. La composition ne regarde que l'appartenance, qui est publique, et deux groupes "
    "montrés diffèrent de 0 ou d'au moins 3 autres organismes. Ni rang, ni minimum, ni maximum.",
    "You are not in the group. One vote an organization; medians from 5 others, quartiles from 8; two significant "
    "digits. Composition looks at membership only, which is public, and two groups that are shown differ by 0 or at "
    "least 3 other organizations. No rank, minimum or maximum.",
)

_RULE_NOTICE: Final = Notice(
    "info", _RULES, link="groups", link_words=Text("Demander un groupe à votre mesure", "Ask for a group of your own")
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is asked of the page: a group of peers, and what may be read of them."""

    cohort: Cohort
    released: Released | None
    season: str = ""
    """The period, as the address says it."""


def benchmarks_screen(asker: Asker, asked: Comparison) -> Screen:
    """The whole page for the period of the filters and the group asked for."""
    if asked.released is None:
        return _nothing_released(asker)
    rows = compared(asker, asked.released, asked.cohort)
    shown = [one for one in rows if isinstance(one.peers.median, Shown)]
    tables = tuple(_table(name, title, of) for name, title, units in _KINDS if (of := _of_units(rows, units)))
    return Screen(
        id="benchmarks",
        title=_TITLE,
        purpose=_PURPOSE,
        answer=_answer(shown, asked.cohort),
        notices=(*_withheld(rows, asked), Notice("info", _group_words(asked)), _RULE_NOTICE),
        charts=_charts(shown, asked),
        tables=(*tables, *_trend(asker, asked)),
        metrics=tuple(one.metric for one in rows),
        is_empty=not rows,
    )


def _nothing_released(asker: Asker) -> Screen:
    known = asker.others.releases
    told = (
        Text(
            "Rien n'a été publié sur cette période : choisir une des périodes publiées.",
            "Nothing was released for this period: choose one of the released periods.",
        )
        if known
        else Text(
            "Le collectif n'a encore rien publié : la comparaison s'ouvre avec la première publication.",
            "The collective has released nothing yet: comparison opens with the first release.",
        )
    )
    return Screen("benchmarks", _TITLE, _PURPOSE, told, is_empty=False)


def _answer(shown: Sequence[Compared], cohort: Cohort) -> Text:
    """At most three figures: those that differ first, then one that does not, said plainly."""
    ordered = sorted(
        shown, key=lambda one: _HEADLINES.index(one.metric) if one.metric in _HEADLINES else len(_HEADLINES)
    )
    told = [one for one in ordered if one.side in {Side.BELOW, Side.ABOVE}][:2]
    told += [one for one in ordered if one.side is Side.ALIKE][: 3 - len(told) if len(told) < 2 else 1]
    if not told:
        return Text(
            "Aucun chiffre de ce groupe ne peut être montré : voir le groupe élargi.",
            "No figure of this group may be shown: see the wider group.",
        )
    parts = [_sentence(one) for one in told]
    whole = Text(" ".join(part.fr for part in parts), " ".join(part.en for part in parts))
    return Text("Auprès de vos pairs ({group}) : {told}", "Beside your peers ({group}): {told}").filled(
        group=cohort.label, told=whole
    )


def _sentence(one: Compared) -> Text:
    metric, median = METRICS[one.metric], one.peers.median
    if not isinstance(median, Shown):
        return Text("", "")
    own = words(one.own, metric.unit, metric.decimals or None)
    if one.side is Side.ALIKE:
        told = Text("{label} {own} : pas de différence nette.", "{label} {own}: no clear difference.")
        return told.filled(label=metric.label, own=own)
    told = Text("{label} {own}, {position} ({median}; {n}).", "{label} {own}, {position} ({median}; {n}).")
    return told.filled(
        label=metric.label,
        own=own,
        position=one.position,
        median=peer_words(median, metric.unit),
        n=others_words(median.n or 0),
    )


def _of_units(rows: Sequence[Compared], units: Sequence[Unit]) -> list[Compared]:
    return [one for one in rows if METRICS[one.metric].unit in units]


def _table(name: str, title: Text, rows: Sequence[Compared]) -> DataTable:
    unit = METRICS[rows[0].metric].unit
    decimals = 0 if unit in {Unit.MONEY, Unit.DAYS, Unit.KM} else 1
    columns = (
        Column("metric", Text("Chiffre", "Figure")),
        Column("own", Text("Chez nous", "Ours"), unit),
        Column("median", Text("Médiane des pairs", "Peer median"), unit, decimals),
        Column("p25", Text("1er quartile", "Lower quartile"), unit, decimals),
        Column("p75", Text("3e quartile", "Upper quartile"), unit, decimals),
        Column("gap", Text("Écart à la médiane", "Gap to the median")),
        Column("position", Text("Position", "Position")),
        Column("n", Text("Autres organismes", "Other organizations"), Unit.COUNT),
    )
    lines = tuple(_line(one) for one in rows)
    return DataTable(name, title, columns, lines)


def _line(one: Compared) -> tuple[Value, ...]:
    median = one.peers.median
    n: Value = Shown(median.n or 0) if isinstance(median, Shown) else UNTOLD
    return (
        METRICS[one.metric].label,
        one.own,
        *(_bare(cell) for cell in (median, one.peers.p25, one.peers.p75)),
        UNTOLD if one.side is Side.ALIKE else gap_words(one),
        one.position,
        n,
    )


def _bare(cell: Cell) -> Cell:
    """Without its base: organizations are told in a column of their own, and eight of them are not a fragile base."""
    return Shown(cell.value) if isinstance(cell, Shown) else cell


def _charts(shown: Sequence[Compared], asked: Comparison) -> tuple[Chart, ...]:
    found = []
    for name, title, units in _KINDS:
        rows = _of_units(shown, units)
        if not rows or (units != (Unit.RATIO,) and len(rows) < 2):
            continue
        apart = sum(one.side in {Side.BELOW, Side.ABOVE} for one in rows)
        found.append(
            Chart(
                id=f"peers-{name}",
                kind="beside_peers",
                title=_apart_words(apart, len(rows)),
                subtitle=Text(
                    "{kind}. Losange : chez nous; trait : médiane des pairs; barre : la moitié du milieu. {group}",
                    "{kind}. Diamond: ours; stroke: peer median; bar: the middle half. {group}",
                ).filled(kind=title, group=asked.cohort.label),
                summary=Text(
                    "Chaque chiffre, la médiane et les quartiles des pairs.",
                    "Each figure beside the median and quartiles of peers.",
                ),
                table=_table(f"peers-{name}", title, rows),
                metrics=tuple(one.metric for one in rows),
            )
        )
    return tuple(found)


def _apart_words(apart: int, n: int) -> Text:
    if not apart:
        return Text("Rien ne vous distingue nettement de vos pairs", "Nothing sets you clearly apart from your peers")
    return Text(
        "{apart} chiffres sur {n} s'écartent nettement de la médiane",
        "{apart} of {n} figures stand clearly apart from the median",
    ).filled(apart=said(apart, Unit.COUNT), n=said(n, Unit.COUNT))


def _withheld(rows: Sequence[Compared], asked: Comparison) -> tuple[Notice, ...]:
    """Why figures of the group are not shown, and the nearest wider group, once each."""
    released = asked.released
    held = [one for one in rows if not isinstance(one.peers.median, Shown)]
    if released is None or not held:
        return ()
    first = held[0]
    names = Text(
        ", ".join(METRICS[one.metric].label.fr.lower() for one in held[:4]) + (", …" if len(held) > 4 else ""),
        ", ".join(METRICS[one.metric].label.en.lower() for one in held[:4]) + (", …" if len(held) > 4 else ""),
    )
    why = why_withheld(first.peers, released.others)
    told = Text("{why} ({names})", "{why} ({names})").filled(why=why, names=names)
    wider = next((one.peers.wider for one in held if one.peers.wider is not None), None)
    if wider is None:
        return (Notice("warning", told),)
    offered = Text("{told} Groupe élargi : {wider}, {n}.", "{told} Wider group: {wider}, {n}.").filled(
        told=told, wider=wider.label, n=others_words(len(released.others_in(wider)))
    )
    query = urlencode([("season", asked.season), *wider.query])
    there = Text("Voir le groupe élargi", "See the wider group")
    return (Notice("warning", offered, link="benchmarks", link_words=there, query=query),)


def _group_words(asked: Comparison) -> Text:
    if asked.released is None:
        return Text("", "")
    others = asked.released.others_in(asked.cohort)
    names = ", ".join(asked.released.names.get(slug, slug) for slug in others)
    return Text(
        "Groupe : {group}, {n} en plus du vôtre. Peuvent y être : {names}.",
        "Group: {group}, {n} besides yours. May be in it: {names}.",
    ).filled(group=asked.cohort.label, n=others_words(len(others)), names=names or "–")


def _trend(asker: Asker, asked: Comparison) -> tuple[DataTable, ...]:
    """The gap to the median, release after release, for the figures that head the page."""
    seasons = [one for one in reversed(asker.others.releases) if one.period.days > 300]
    if len(seasons) < 2:
        return ()
    by_season = [
        {one.metric: one for one in compared(asker.over(one_release.period), one_release, asked.cohort)}
        for one_release in seasons
    ]
    kept = [metric for metric in _HEADLINES if any(_gap(told.get(metric)) is not None for told in by_season)]
    columns = (
        Column("metric", Text("Chiffre", "Figure")),
        *(
            Column(f"at-{at}", Text(period_words(one.period, "fr"), period_words(one.period, "en")))
            for at, one in enumerate(seasons)
        ),
    )
    lines = tuple((METRICS[metric].label, *(_gap_told(told.get(metric)) for told in by_season)) for metric in kept)
    if not lines:
        return ()
    title = Text("L'écart à la médiane, d'une publication à l'autre", "The gap to the median, release after release")
    return (DataTable("trend", title, columns, lines),)


def _gap(one: Compared | None) -> float | None:
    return one.gap if one else None


def _gap_told(one: Compared | None) -> Text:
    if one is None or one.gap is None:
        return UNTOLD
    return gap_words(one) if one.side is Side.ALIKE else difference_words(one.gap, METRICS[one.metric].unit)

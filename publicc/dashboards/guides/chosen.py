"""*Quelle offre…* for one chosen segment: what it takes more than the average buyer, and where more of it may be.

An offer is said to pull only when the whole interval of its lift is on one side of 1; else nothing tells it apart.
"""

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.guides.parts import BUYERS, figure_of, joined, listed
from publicc.dashboards.page import Chart, Chooser, Column, DataTable, Screen, Step
from publicc.dashboards.screens.common import coverage_notices, filter_notices
from publicc.dashboards.screens.profiles import profile_names
from publicc.dashboards.wording import counted, said
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline, Parcours, PriceGroup
from publicc.metrics.definitions.catchment import Tier, tier
from publicc.metrics.dimensions import WEEKDAYS

LIFTS: Final = {"parcours": "parcours_lift", "profile": "profile_lift"}
"""Axis of segments → the metric that says how its offers pull."""
AVERAGE: Final = 1.0
_SEGMENT: Final = re.compile(r"(parcours|profile):[A-Z0-9_-]{1,24}")
_STAGES: Final = (Parcours.PASSIONATE, Parcours.REGULAR, Parcours.RETURNING, Parcours.NEW, Parcours.DORMANT)
_MOST_OFFERS: Final = 12
_MOST_AREAS: Final = 12
_NEAR: Final = (Tier.CORE, Tier.PRIMARY)
_FEWEST_AREAS: Final = 4
_MORE, _LESS = Text("plus que l'acheteur moyen", "more than the average buyer"), Text("moins", "less")
_SAME: Final = Text("pas de différence", "not different")
_KINDS: Final[Mapping[str, Mapping[str, Text]]] = {
    "discipline": {one.value: one.label for one in Discipline},
    "price_group": {one.value: Text(f"Tarif {one.label.fr.lower()}", f"{one.label.en} price") for one in PriceGroup},
    "weekday": {day: Text(f"Le {name.fr}", f"On {name.en}s") for day, name in WEEKDAYS.items()},
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A segment: where it is told, its code, and its name."""

    axis: str
    code: str
    label: Text


def read_segment(written: str) -> str:
    """The `axis:code` of an address, as it is kept; empty when it can name no segment."""
    return written if _SEGMENT.fullmatch(written) else ""


def chosen_of(asker: Asker) -> Chosen | None:
    """The segment that the page is about; None for all of them, or for one that is not."""
    axis, _, code = asker.segment.partition(":")
    return next((one for one in choosable(asker) if (one.axis, one.code) == (axis, code)), None)


def choosable(asker: Asker) -> tuple[Chosen, ...]:
    """Every segment a page may be about: stages of life with the house, then profiles of the common model."""
    profiles = (Chosen("profile", code, name) for code, name in profile_names(asker).items())
    return (*(Chosen("parcours", one.value, one.label) for one in _STAGES), *profiles)


def chooser_of(asker: Asker) -> Chooser:
    """The list of them, the chosen one in place."""
    chosen = chosen_of(asker)
    options = ((f"{one.axis}:{one.code}", one.label) for one in choosable(asker))
    return Chooser(
        "segment",
        Text("Segment", "Segment"),
        (("", Text("Tous les segments", "All segments")), *options),
        f"{chosen.axis}:{chosen.code}" if chosen else "",
    )


@dataclass(frozen=True, slots=True)
class Pull:
    """How many times more than the average buyer a segment takes one offer, between the ends of the interval."""

    offer: Text
    low: Shown
    middle: Shown
    high: Shown

    @property
    def reading(self) -> Text:
        """What the interval allows to say."""
        if float(self.low.value) > AVERAGE:
            return _MORE
        return _LESS if float(self.high.value) < AVERAGE else _SAME

    @property
    def is_sure(self) -> bool:
        """Whether the segment is told apart from the average buyer."""
        return self.reading is not _SAME

    @property
    def told(self) -> Text:
        """`danse, 1,8 fois l'acheteur moyen (entre 1,4 et 2,3)`."""
        return Text(
            "{offer}, {lift} fois l'acheteur moyen (entre {low} et {high})",
            "{offer}, {lift} times the average buyer (between {low} and {high})",
        ).filled(offer=_lower(self.offer), lift=_times(self.middle), low=_times(self.low), high=_times(self.high))


def of_chosen(asker: Asker, chosen: Chosen, page: Screen) -> Screen:
    """`page` made about the chosen segment alone; its title, purpose, chooser and limits stay."""
    pulls = pulls_of(asker, chosen)
    buyers = figure_of(_narrowed(asker, chosen).figures("buyer_count")["buyer_count"])
    areas = _areas(asker, chosen)
    lift = LIFTS[chosen.axis]
    return replace(
        page,
        answer=_answer(chosen, pulls, int(buyers or 0)),
        notices=(*filter_notices(asker, (lift,)), *coverage_notices(asker, "buyer_coverage")),
        charts=_chart(chosen, pulls, lift),
        tables=(*_table(pulls), *areas),
        metrics=(lift, "buyer_count", "household_penetration", "market_tier"),
        is_empty=not pulls and not areas,
        steps=_steps(chosen, pulls),
        onward=(Step(Text("Prendre les courriels de ces acheteurs, s'ils les acceptent",
                          "Take these buyers' e-mails, if they accept them"), "segment_buyers"),),
    )  # fmt: skip


def pulls_of(asker: Asker, chosen: Chosen) -> tuple[Pull, ...]:
    """Every offer told of the segment, the strongest pull first; none under 30 buyers."""
    metric = LIFTS[chosen.axis]
    if not asker.can_answer(metric):
        return ()
    found: dict[str, dict[str, Shown]] = {}
    for row in asker.answer((metric,)).rows:
        cell = row.cells[metric]
        if row.dims[chosen.axis] == chosen.code and isinstance(cell, Shown):
            found.setdefault(row.dims["offer"], {})[row.dims["bound"]] = cell
    told = [
        Pull(label, bounds["low"], bounds["middle"], bounds["high"])
        for offer, bounds in found.items()
        if (label := _name_of(offer)) is not None
    ]
    return tuple(sorted(told, key=lambda one: (-float(one.middle.value), one.offer.fr)))


def _name_of(offer: str) -> Text | None:
    kind, _, value = offer.partition(":")
    return _KINDS[kind].get(value)


def _answer(chosen: Chosen, pulls: Sequence[Pull], buyers: int) -> Text:
    who = Text("{label} ({n})", "{label} ({n})").filled(label=chosen.label, n=counted(buyers, *BUYERS))
    if not pulls:
        return Text(
            "{who} : trop peu d'acheteurs pour dire ce qui les attire (il en faut 30 en deux ans).",
            "{who}: too few buyers to say what draws them (30 in two years are needed).",
        ).filled(who=who)
    more = [one for one in pulls if one.reading is _MORE]
    less = [one for one in reversed(pulls) if one.reading is _LESS]
    same = len(pulls) - len(more) - len(less)
    if not more and not less:
        return Text(
            "{who} : rien ne les distingue de l'acheteur moyen, pour aucune des {n} offres regardées.",
            "{who}: nothing tells them from the average buyer, for any of the {n} offers looked at.",
        ).filled(who=who, n=said(len(pulls), Unit.COUNT))
    parts = [
        Text("{who} : {what}.", "{who}: {what}.").filled(who=who, what=listed([one.told for one in more[:2]]))
        if more
        else Text("{who} : aucune offre ne les attire plus que l'acheteur moyen.",
                  "{who}: no offer draws them more than the average buyer.").filled(who=who),
        Text("Moins portés vers : {what}.", "Less drawn to: {what}.").filled(
            what=listed([_lower(one.offer) for one in less[:2]])) if less else None,
        Text("Pas de différence pour {n} des {all} offres.", "Not different for {n} of {all} offers.").filled(
            n=said(same, Unit.COUNT), all=said(len(pulls), Unit.COUNT)) if same else None,
    ]  # fmt: skip
    return joined(*parts)


def _columns() -> tuple[Column, ...]:
    return (
        Column("offer", Text("Offre", "Offer")),
        Column("lift", Text("Fois l'acheteur moyen", "Times the average buyer"), Unit.PLAIN, 1),
        Column("average", Text("Acheteur moyen", "Average buyer"), Unit.PLAIN, 1),
        Column("low", Text("Au moins", "At least"), Unit.PLAIN, 1),
        Column("high", Text("Au plus", "At most"), Unit.PLAIN, 1),
        Column("reading", Text("Lecture", "Reading")),
    )


def _chart(chosen: Chosen, pulls: Sequence[Pull], metric: str) -> tuple[Chart, ...]:
    if len(pulls) < 2:
        return ()
    sure = [one for one in pulls if one.is_sure]
    drawn = sorted([*sure, *(one for one in pulls if not one.is_sure)][:_MOST_OFFERS],
                   key=lambda one: -float(one.middle.value))  # fmt: skip
    average = Shown(AVERAGE)
    rows = tuple((one.offer, one.middle, average, one.low, one.high, one.reading) for one in drawn)
    best = pulls[0]
    title = (
        Text("{label} : {told}", "{label}: {told}").filled(label=chosen.label, told=best.told)
        if best.reading is _MORE
        else Text("{label} : aucune offre n'attire sûrement plus", "{label}: no offer surely draws more").filled(
            label=chosen.label
        )
    )
    return (
        Chart(
            id="lift",
            kind="beside_peers",
            title=title,
            subtitle=Text(
                "Chances de prendre chaque offre, en fois celles de l'acheteur moyen; barre : intervalle à 95 %; "
                "trait : acheteur moyen; 24 mois, n = {n}",
                "Chance to take each offer, in times that of the average buyer; bar: 95% interval; stroke: average "
                "buyer; 24 months, n = {n}",
            ).filled(n=said(best.middle.n or 0, Unit.COUNT)),
            summary=Text(
                "Un losange par offre, sa barre d'incertitude, et un trait à 1, l'acheteur moyen.",
                "A diamond for each offer, its bar of uncertainty, and a stroke at 1, the average buyer.",
            ),
            table=DataTable("lift", Text("Attrait de chaque offre", "Pull of each offer"), _columns(), rows),
            metrics=(metric,),
        ),
    )


def _table(pulls: Sequence[Pull]) -> tuple[DataTable, ...]:
    if not pulls:
        return ()
    offer, lift, _, low, high, reading = _columns()
    rows = tuple((one.offer, one.middle, one.low, one.high, one.reading) for one in pulls)
    return (
        DataTable(
            "offers",
            Text("Chaque offre regardée", "Each offer looked at"),
            (offer, lift, low, high, reading),
            rows,
            note=Text(
                "« Pas de différence » : l'intervalle à 95 % contient 1. Un acheteur compte une fois par offre.",
                "“Not different”: the 95% interval holds 1. A buyer counts once an offer.",
            ),
        ),
    )


def _areas(asker: Asker, chosen: Chosen) -> tuple[DataTable, ...]:
    """Where the segment lives in the near catchment, and how many more it would be at the level of the best quarter."""
    near = _near(asker)
    rows = [
        row for row in _narrowed(asker, chosen).rows("buyer_count", "household_penetration", by="fsa")
        if row.dims["fsa"] in near
    ]  # fmt: skip
    if not rows:
        return ()
    homes, places = asker.facts.households or {}, asker.known.places(asker.facts)
    known = [rate for row in rows if (rate := figure_of(row.cells["household_penetration"])) is not None]
    level = statistics.quantiles(known, n=4, method="inclusive")[2] if len(known) >= _FEWEST_AREAS else None
    lines = [
        (row.dims["fsa"], places.get(row.dims["fsa"], ""), row.cells["buyer_count"], row.cells["household_penetration"],
         _missing(row.cells["household_penetration"], level, homes.get(row.dims["fsa"], 0)))
        for row in rows
    ]  # fmt: skip
    lines.sort(key=lambda line: (-(figure_of(line[4]) or 0), -(figure_of(line[2]) or 0), line[0]))
    return (DataTable("potential", Text("Où il pourrait y en avoir plus", "Where there could be more"), _AREAS,
                      tuple(lines[:_MOST_AREAS]), note=_note(level)),)  # fmt: skip


_AREAS: Final = (
    Column("fsa", Text("Secteur postal", "Postal area")),
    Column("place", Text("Municipalité", "Municipality")),
    Column("buyers", Text("Acheteurs du segment", "Buyers of the segment"), Unit.COUNT),
    Column("penetration", Text("Pour 1 000 ménages", "Per 1,000 households"), Unit.PER_THOUSAND),
    Column("potential", Text("Potentiel (ménages)", "Potential (households)"), Unit.COUNT, bar=True),
)


def _note(level: float | None) -> Text:
    if level is None:
        return Text(
            "Aire de marché proche. Le potentiel demande les ménages du recensement, que le pôle importe, dans quatre "
            "secteurs au moins.",
            "Near catchment. The potential needs the households of the census, which the hub imports, in four areas at "
            "least.",
        )
    return Text(
        "Aire de marché proche. Potentiel : ménages de plus si le secteur rejoignait le quart des secteurs où ce "
        "segment est le plus présent ({level} pour 1 000). Un ordre de grandeur, pas une promesse.",
        "Near catchment. Potential: more households if the area reached the quarter of areas where this segment is "
        "most present ({level} per 1,000). An order of magnitude, not a promise.",
    ).filled(level=said(level, Unit.PER_THOUSAND))


def _missing(rate: Cell, level: float | None, homes: int) -> Cell:
    now = figure_of(rate)
    if now is None or level is None:
        return Unknown(UnknownReason.NO_BASE, "households")
    return Shown(round(max(0.0, level - now) * homes / 1000), n=homes)


def _near(asker: Asker) -> set[str]:
    """Postal areas of the core and primary catchment."""
    rows = asker.rows("market_tier", by="fsa")
    shares = {row.dims["fsa"]: figure_of(row.cells["market_tier"]) for row in rows}
    return {fsa for fsa, share in shares.items() if share is not None and tier(share) in _NEAR}


def _narrowed(asker: Asker, chosen: Chosen) -> Asker:
    """The same question about the segment's buyers alone."""
    where = (*asker.filters.where, (chosen.axis, (chosen.code,)))
    return replace(asker, filters=replace(asker.filters, where=where))


def _steps(chosen: Chosen, pulls: Sequence[Pull]) -> tuple[Step, ...]:
    more = [one for one in pulls if one.reading is _MORE][:2]
    if not more:
        return (
            Step(Text("Ne pas bâtir d'offre à part pour ce segment : s'adresser à lui comme à tous.",
                      "Do not build an offer apart for this segment: speak to it as to everyone."), "segments"),
        )  # fmt: skip
    return tuple(
        Step(
            Text("{who} : mettre en avant « {offer} » auprès d'eux d'abord, puis comparer la saison suivante.",
                 "{who}: put “{offer}” before them first, then compare next season.").filled(
                who=chosen.label, offer=_lower(one.offer)),
            "segments",
        )
        for one in more
    )  # fmt: skip


def _times(cell: Shown) -> Text:
    return said(cell.value, Unit.PLAIN, 1)


def _lower(text: Text) -> Text:
    return Text(
        text.fr[:1].lower() + text.fr[1:], text.en if text.en.startswith("On ") else text.en[:1].lower() + text.en[1:]
    )

"""*Quelle offre devrais-je amener à tel segment ?*: what each segment likes, when, at which price, where.

Every segment is answered on one page; under the filter of a show, who bought that show. Segments under 30 buyers are
listed, never named in the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.guides.chosen import chooser_of, chosen_of, of_chosen
from publicc.dashboards.guides.parts import BUYERS, figure_of, joined, listed, picked
from publicc.dashboards.page import Column, DataTable, Screen, Step
from publicc.dashboards.screens.segments import segments_screen
from publicc.dashboards.wording import counted, days, said
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Channel, Discipline, Parcours, PriceGroup, Term
from publicc.metrics.answers import Row
from publicc.metrics.definition import UNKNOWN

_CARD: Final = ("buyer_count", "paid_admission_count", "lead_time_median", "average_price_paid", "distance_median")
_FEW: Final = 30
_AFFINITY: Final = "segment_affinity"
_MORE_THAN_ALL: Final = 110
"""Index from which a segment is said to prefer a discipline."""
_NONE: Final = Text("pas de préférence nette", "no clear preference")
_ORDER: Final = (Parcours.PASSIONATE, Parcours.REGULAR, Parcours.RETURNING, Parcours.NEW, Parcours.DORMANT)
_THEY: Final = {
    Parcours.NEW: Text("aux nouveaux", "new buyers"),
    Parcours.RETURNING: Text("aux acheteurs de retour", "returning buyers"),
    Parcours.REGULAR: Text("aux réguliers", "regulars"),
    Parcours.PASSIONATE: Text("aux passionnés", "the passionate"),
    Parcours.DORMANT: Text("aux dormants", "dormant buyers"),
}

_THEM: Final = {
    Parcours.NEW: Text("les nouveaux", "new buyers"),
    Parcours.RETURNING: Text("les acheteurs de retour", "returning buyers"),
    Parcours.REGULAR: Text("les réguliers", "regulars"),
    Parcours.PASSIONATE: Text("les passionnés", "the passionate"),
    Parcours.DORMANT: Text("les dormants", "dormant buyers"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What one segment buys, when, at which price group and through which channel."""

    segment: Parcours
    card: Mapping[str, Cell]
    disciplines: tuple[tuple[Text, Shown], ...]
    group: Text | None
    channel: Text | None

    @property
    def buyers(self) -> int:
        """How many they are."""
        return int(figure_of(self.card["buyer_count"]) or 0)

    @property
    def preferred(self) -> tuple[Text, ...]:
        """The two disciplines they prefer, when they prefer any."""
        return tuple(name for name, cell in self.disciplines if float(cell.value) >= _MORE_THAN_ALL)[:2]


def offer_guide(asker: Asker) -> Screen:
    """The whole page for the season (or period) of the filters."""
    chosen = chosen_of(asker)
    page = _of_all(asker)
    return of_chosen(asker, chosen, page) if chosen else page


def _of_all(asker: Asker) -> Screen:
    """Every segment, side by side."""
    proof = segments_screen(asker)
    offers = _offers(asker)
    return Screen(
        id="offer",
        title=Text("Quelle offre devrais-je amener à tel segment ?", "Which offer should I bring to which segment?"),
        purpose=Text(
            "Pour le marketing et la programmation : quoi proposer, à qui, quand, par où.",
            "For marketing and programming: what to offer, to whom, when, through what.",
        ),
        answer=_answer(asker, offers),
        notices=proof.notices,
        charts=(*picked(proof, "segment-affinity", "weights", "discipline-flow"),),
        tables=(_table(offers),) if offers else (),
        metrics=(*_CARD, _AFFINITY, "discipline_flow"),
        is_empty=proof.is_empty,
        steps=tuple(_step(one) for one in offers if one.buyers >= _FEW and one.segment in _THEY)
        or (Step(_GATHER, "audiences"),),
        limits=(
            Text(
                "Ce qu'une personne aimera : un segment est un groupe, et une préférence, une habitude passée.",
                "What a person will like: a segment is a group, and a preference a past habit.",
            ),
            Text(
                "Ce que vous n'avez jamais présenté : on ne préfère ici que ce qui a été offert.",
                "What you never presented: only what was offered can be preferred here.",
            ),
            Text(
                "Ce que ces publics voient chez d'autres : seuls vos billets sont comptés.",
                "What these audiences see elsewhere: only your tickets are counted.",
            ),
        ),
        deeper=("segments", "show", "audiences"),
        chooser=chooser_of(asker),
    )


def _offers(asker: Asker) -> tuple[Offer, ...]:
    cards = {row.dims["parcours"]: row.cells for row in asker.rows(*_CARD, by="parcours")}
    likes = _likes(asker)
    groups = _most(asker, "price_group", PriceGroup)
    channels = _most(asker, "channel", Channel)
    return tuple(
        Offer(one, cards[one], likes.get(one, ()), groups.get(one), channels.get(one))
        for one in _ORDER
        if one in cards and figure_of(cards[one]["buyer_count"])
    )


def _likes(asker: Asker) -> dict[str, tuple[tuple[Text, Shown], ...]]:
    """Segment → its disciplines with their index, the most preferred first."""
    if not asker.can_answer(_AFFINITY) or len(asker.choices.by_dimension.get("discipline", ())) < 2:
        return {}
    found: dict[str, list[tuple[Text, Shown]]] = {}
    for row in asker.answer((_AFFINITY,)).rows:
        cell, code = row.cells[_AFFINITY], row.dims["discipline"]
        if isinstance(cell, Shown) and code in set(Discipline):
            found.setdefault(row.dims["parcours"], []).append((Discipline(code).label, cell))
    return {segment: tuple(sorted(told, key=lambda one: -float(one[1].value))) for segment, told in found.items()}


def _most(asker: Asker, dimension: str, terms: type[Term]) -> dict[str, Text]:
    """Segment → the value of a dimension under which it takes most tickets."""
    if not asker.can_answer("paid_admission_count"):
        return {}
    best: dict[str, tuple[float, str]] = {}
    for row in _crossed(asker, dimension):
        heads, value = figure_of(row.cells["paid_admission_count"]) or 0.0, row.dims[dimension]
        if value != UNKNOWN and heads > best.get(row.dims["parcours"], (0.0, ""))[0]:
            best[row.dims["parcours"]] = (heads, value)
    return {segment: terms(value).label for segment, (_, value) in best.items()}


def _crossed(asker: Asker, dimension: str) -> Sequence[Row]:
    return asker.answer(("paid_admission_count",), by=("parcours", dimension)).rows


def _answer(asker: Asker, offers: Sequence[Offer]) -> Text:
    large = [one for one in offers if one.buyers >= _FEW]
    if not large:
        return Text(
            "Trop peu d'acheteurs connus dans cette période pour dire quoi offrir à qui (il en faut 30 par segment).",
            "Too few known buyers in this period to say what to offer to whom (30 a segment are needed).",
        )
    told = [_sentence(one) for one in large[:2]] if any(one.preferred for one in large) else [_moments(large)]
    chosen = asker.filters.as_mapping.get("show", ())
    first = None
    if len(chosen) == 1:
        first = _of_the_show(asker.titles.get(chosen[0], chosen[0]), large)
    return joined(first, *told)


def _moments(large: Sequence[Offer]) -> Text:
    """Where nobody prefers anything, segments differ by when they buy."""
    told = [
        Text("{who}, {days}", "{who}, {days}").filled(who=_THEM[one.segment], days=days(ahead))
        for one in large
        if one.segment in _THEM and (ahead := figure_of(one.card["lead_time_median"])) is not None
    ]
    if not told:
        return Text(
            "Aucun segment ne préfère nettement une discipline, et le moment de l'achat n'est pas connu.",
            "No segment clearly prefers a discipline, and when they buy is not known.",
        )
    return Text(
        "Aucun segment ne préfère nettement une discipline : c'est le moment qui change. D'avance : {told}.",
        "No segment clearly prefers a discipline: the moment is what changes. They buy ahead: {told}.",
    ).filled(told=Text("; ".join(one.fr for one in told), "; ".join(one.en for one in told)))


def _of_the_show(title: str, large: Sequence[Offer]) -> Text:
    """Reverse reading: who bought the show of the filter, the largest segment first."""
    top = max(large, key=lambda one: one.buyers)
    return Text("{title} : d'abord {segment} ({n}).", "{title}: {segment} first ({n}).").filled(
        title=title, segment=_lower(top.segment.label), n=counted(top.buyers, *BUYERS)
    )


def _lower(text: Text) -> Text:
    return Text(text.fr[:1].lower() + text.fr[1:], text.en[:1].lower() + text.en[1:])


def _sentence(one: Offer) -> Text:
    what = listed([_lower(name) for name in one.preferred]) if one.preferred else _NONE
    ahead = figure_of(one.card["lead_time_median"])
    told = Text("{who} ({n}) : {what}", "For {who} ({n}): {what}").filled(
        who=_capital(_THEY[one.segment]), n=counted(one.buyers, *BUYERS), what=what
    )
    if ahead is None:
        return Text(f"{told.fr}.", f"{told.en}.")
    return Text("{told}, annoncé au moins {days} d'avance.", "{told}, announced at least {days} ahead.").filled(
        told=told, days=days(ahead)
    )


def _capital(text: Text) -> Text:
    return Text(text.fr[:1].upper() + text.fr[1:], text.en)


def _table(offers: Sequence[Offer]) -> DataTable:
    columns = (
        Column("parcours", Text("Segment", "Segment")),
        Column("buyer_count", Text("Acheteurs", "Buyers"), Unit.COUNT),
        Column("disciplines", Text("Préfère (indice)", "Prefers (index)")),
        Column("lead_time_median", Text("Achète d'avance", "Buys ahead"), Unit.DAYS),
        Column("price_group", Text("Tarif le plus pris", "Price group most taken")),
        Column("average_price_paid", Text("Prix moyen", "Average price"), Unit.MONEY),
        Column("channel", Text("Canal", "Channel")),
        Column("distance_median", Text("Distance médiane", "Median distance"), Unit.KM),
    )
    unknown = Text("inconnu", "unknown")
    rows = tuple(
        (
            one.segment.label,
            one.card["buyer_count"],
            _with_index(one),
            _told(one.card["lead_time_median"]),
            one.group or unknown,
            _told(one.card["average_price_paid"]),
            one.channel or unknown,
            _told(one.card["distance_median"]),
        )
        for one in offers
    )
    return DataTable(
        "offers",
        Text("Une offre par segment", "One offer a segment"),
        columns,
        rows,
        note=Text(
            "Indice : 100 = autant que tous vos acheteurs, sur 24 mois; 30 visites au moins par segment.",
            "Index: 100 = as much as all of your buyers, over 24 months; at least 30 visits a segment.",
        ),
    )


def _told(cell: Cell | None) -> Cell:
    return cell if cell is not None else Unknown(UnknownReason.NO_DATA)


def _with_index(one: Offer) -> Text:
    told = [(name, cell) for name, cell in one.disciplines if float(cell.value) >= _MORE_THAN_ALL][:2]
    if not told:
        return _NONE
    return listed(
        [
            Text("{name} ({index})", "{name} ({index})").filled(name=name, index=said(cell.value, Unit.INDEX))
            for name, cell in told
        ]
    )


def _step(one: Offer) -> Step:
    """One concrete thing to try for a segment, made of what its row says."""
    what = listed([_lower(name) for name in one.preferred]) if one.preferred else None
    ahead = figure_of(one.card["lead_time_median"])
    parts = [
        Text("Proposer {who} {what}", "Offer {who} {what}").filled(
            who=_THEY[one.segment],
            what=Text("un titre de {what}", "a title of {what}").filled(what=what)
            if what
            else Text("le prochain titre", "the next title"),
        )
    ]
    if ahead is not None:
        parts.append(Text("{days} avant la date", "{days} before the date").filled(days=days(ahead)))
    habits = []
    if one.group is not None:
        habits.append(
            Text("tarif qu'ils prennent le plus : {x}", "price group they take most: {x}").filled(x=_lower(one.group))
        )
    if one.channel is not None:
        habits.append(Text("canal : {x}", "channel: {x}").filled(x=_lower(one.channel)))
    first = Text(", ".join(p.fr for p in parts), ", ".join(p.en for p in parts))
    told = (first, *habits)
    return Step(Text(f"{'; '.join(p.fr for p in told)}.", f"{'; '.join(p.en for p in told)}."), "segments")


_GATHER: Final = Text(
    "Déposer deux saisons avec leurs clients : les segments se forment avec les visites.",
    "Deposit two seasons with their customers: segments take shape with visits.",
)

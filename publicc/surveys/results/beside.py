"""Own figures of the common core beside those of peers, read from releases as they are. Pure.

A release is of a closed period: own figures are of the answers to this survey in those days. Under thirty answers a
figure is compared with nothing (docs/reference/surveys.en.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import number, percent, period_words, rounded, signed
from publicc.kernel.text import Lang, Text
from publicc.releases.catalogue import Catalogue, Cohort, Peers, Released
from publicc.releases.standing import DIGITS, UNTOLD, Side, others_words, position_of, side_of, why_withheld
from publicc.surveys.results.doubts import Answered
from publicc.surveys.results.estimates import Estimate
from publicc.surveys.results.shared import Measure, Shared, shared_questions

_SPANS = {Measure.POINTS: (-100.0, 100.0), Measure.MARK: (1.0, 5.0), Measure.SHARE: (0.0, 1.0)}
NOTHING_RELEASED = Text(
    "La comparaison s'ouvre quand le pôle publie une période close où au moins cinq autres organismes ont trente "
    "réponses ou plus au tronc commun.",
    "Comparison opens when the hub releases a closed period in which at least five other organizations have thirty "
    "answers or more to the common core.",
)
_HEADS = (
    Text("question", "question"), Text("chiffre", "figure"), Text("code", "code"), Text("chez nous", "ours"),
    Text("bas", "low"), Text("haut", "high"), Text("nos réponses", "our answers"),
    Text("médiane des pairs", "peer median"), Text("premier quartile", "first quartile"),
    Text("troisième quartile", "third quartile"), Text("organismes", "organizations"), Text("position", "position"),
    Text("période", "period"), Text("groupe", "group"),
)  # fmt: skip
_FEW = Text("moins de 30 réponses : comparé à rien", "fewer than 30 answers: compared with nothing")


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure: one's own, None without an answer, and the peers'."""

    shared: Shared
    own: Estimate | None
    peers: Peers

    @property
    def is_compared(self) -> bool:
        """Whether enough people answered for it to be compared."""
        return self.own is not None and not self.own.is_hidden and not self.own.is_fragile

    @property
    def side(self) -> Side:
        """Where one stands."""
        return side_of(*self._standing, self.peers)

    @property
    def position(self) -> Text:
        """The quarter where one stands, or above or below; why nothing is said of it."""
        if self.own is not None and not self.is_compared:
            return _FEW
        return position_of(*self._standing, self.peers)

    @property
    def _standing(self) -> tuple[float | None, tuple[float, float] | None]:
        if self.own is None or not self.is_compared:
            return None, None
        return self.own.value, (self.own.low, self.own.high)


@dataclass(frozen=True, slots=True)
class BesideQuestion:
    """The figures of one question."""

    title: Text
    figures: tuple[Beside, ...]


def release_for(catalogue: Catalogue, people: Sequence[Answered]) -> Released | None:
    """The newest release that compares surveys, of those that cover some of these answers; else the newest of all."""
    telling = [one for one in catalogue.releases if any(metric.startswith("survey.") for metric, _ in one.cells)]
    days = {one.day for one in people}
    covering = (one for one in telling if any(date.fromisoformat(day) in one.period for day in days))
    return next(covering, next(iter(telling), None))


def cohorts_of(released: Released) -> tuple[Cohort, ...]:
    """The groups of which some figure of surveys is shown, the widest first."""
    shown = {
        key
        for (metric, key), cells in released.cells.items()
        if metric.startswith("survey.") and isinstance(cells["median"], Shown)
    }
    return tuple(one for one in (Cohort(), *released.cohorts()) if one.key in shown or not one.key)


def beside(released: Released, own: Mapping[str, Estimate], cohort: Cohort) -> tuple[BesideQuestion, ...]:
    """Every question of the core with its figures; a question that nobody answered anywhere is left out."""
    found = (
        BesideQuestion(
            question.title,
            tuple(Beside(one, own.get(one.metric), released.peers(one.metric, cohort)) for one in question.figures),
        )
        for question in shared_questions()
    )
    return tuple(one for one in found if any(_says_something(figure) for figure in one.figures))


def _says_something(one: Beside) -> bool:
    return one.own is not None or isinstance(one.peers.median, Shown)


def sentence(questions: Iterable[BesideQuestion], released: Released, cohort: Cohort) -> Text:
    """What differs clearly from the peers, at most three figures; or that nothing does, or may be told."""
    every = [(question, one) for question in questions for one in question.figures]
    lead = Text("Auprès de vos pairs ({group}, {period}) :", "Beside your peers ({group}, {period}):").filled(
        group=cohort.label,
        period=Text(period_words(released.period, "fr"), period_words(released.period, "en")),
    )
    if not any(isinstance(one.peers.median, Shown) for _, one in every):
        peers = every[0][1].peers if every else released.peers("survey.core.nps.v1", cohort)
        return Text("{lead} {why}", "{lead} {why}").filled(lead=lead, why=why_withheld(peers, released.others))
    if not any(one.is_compared for _, one in every):
        told = Text(
            "{lead} trop peu de vos réponses sont de ces jours pour comparer (il en faut trente).",
            "{lead} too few of your answers are of those days to compare (thirty are needed).",
        )
        return told.filled(lead=lead)
    apart = [pair for pair in every if pair[1].side in {Side.BELOW, Side.ABOVE}][:3]
    if not apart:
        return Text("{lead} aucune différence nette.", "{lead} no clear difference.").filled(lead=lead)
    parts = [_part(question, one) for question, one in apart]
    said = Text("; ".join(part.fr for part in parts), "; ".join(part.en for part in parts))
    return Text("{lead} {said}.", "{lead} {said}.").filled(lead=lead, said=said)


def _part(question: BesideQuestion, one: Beside) -> Text:
    label = one.shared.label
    if one.shared.measure is not Measure.POINTS:
        is_whole = one.shared.measure is Measure.MARK and len(question.figures) == 1
        words = question.title if is_whole else label
        label = Text(f"« {words.fr.rstrip('.')} »", f"“{words.en.rstrip('.')}”")
    own = one.own.value if one.own else 0.0
    return Text("{label} {own}, {position}", "{label} {own}, {position}").filled(
        label=label,
        own=Text(own_words(own, one.shared.measure, "fr"), own_words(own, one.shared.measure, "en")),
        position=one.position,
    )


def own_words(value: float, measure: Measure, lang: Lang) -> str:
    """An own figure as it is read."""
    return _said(value, measure, lang, {Measure.POINTS: 0, Measure.MARK: 1, Measure.SHARE: 0}[measure])


def peer_words(cell: Cell, measure: Measure, lang: Lang) -> str:
    """A peer figure with the two digits that it has; empty when it is withheld."""
    if not isinstance(cell, Shown):
        return ""
    value = float(cell.value)
    whole = abs(value) * (100 if measure is Measure.SHARE else 1)
    return _said(value, measure, lang, max(0, DIGITS - len(str(int(whole)))) if whole else 0)


def _said(value: float, measure: Measure, lang: Lang, decimals: int) -> str:
    match measure:
        case Measure.POINTS:
            return signed(value, lang, decimals)
        case Measure.SHARE:
            return percent(value, lang, decimals)
        case Measure.MARK:
            return number(value, lang, decimals)


def beside_rows(questions: Iterable[BesideQuestion], released: Released, lang: Lang) -> Iterator[list[str]]:
    """A table to take away: its heading, then each figure as computed; a withheld one says why."""
    yield [one.said(lang) for one in _HEADS]
    for question in questions:
        for one in question.figures:
            own = one.own if one.own is not None and not one.own.is_hidden else None
            median = one.peers.median
            yield [
                question.title.said(lang), one.shared.label.said(lang), one.shared.metric,
                *(_plain(end, lang) for end in ((own.value, own.low, own.high) if own else (None, None, None))),
                str(one.own.n) if one.own and not one.own.is_hidden else "",
                _plain(_value(median), lang) if isinstance(median, Shown)
                else why_withheld(one.peers, released.others).said(lang),
                _plain(_value(one.peers.p25), lang), _plain(_value(one.peers.p75), lang),
                str(median.n) if isinstance(median, Shown) else "",
                one.position.said(lang) if one.position is not UNTOLD else "",
                period_words(released.period, lang), one.peers.cohort.label.said(lang),
            ]  # fmt: skip


def _plain(value: float | None, lang: Lang) -> str:
    if value is None:
        return ""
    plain = str(rounded(value, 4))
    return plain.replace(".", ",") if lang == "fr" else plain


@dataclass(frozen=True, slots=True)
class DrawnBeside:
    """One row in one language, with where its marks stand in hundredths of the width (empty = not drawn)."""

    label: str
    own: str
    own_interval: str
    is_fragile: bool
    is_hidden: bool
    median: str
    quartiles: str
    organizations: str
    position: str
    own_at: str
    median_at: str
    low_at: str
    span: str


def drawn_beside(one: Beside, lang: Lang) -> DrawnBeside:
    """The row of a figure."""
    measure, own, peers = one.shared.measure, one.own, one.peers
    told = own if own is not None and not own.is_hidden else None
    low, high = _value(peers.p25), _value(peers.p75)
    median = peers.median
    return DrawnBeside(
        label=one.shared.label.said(lang),
        own=own_words(told.value, measure, lang) if told else "",
        own_interval=_between(own_words(told.low, measure, lang), own_words(told.high, measure, lang), lang)
        if told
        else "",
        is_fragile=told is not None and told.is_fragile,
        is_hidden=own is not None and own.is_hidden,
        median=peer_words(median, measure, lang),
        quartiles=_between(peer_words(peers.p25, measure, lang), peer_words(peers.p75, measure, lang), lang),
        organizations=others_words(median.n).said(lang) if isinstance(median, Shown) and median.n else "",
        position=one.position.said(lang) if one.position is not UNTOLD else "",
        own_at=_at(told.value if told else None, measure),
        median_at=_at(_value(median), measure),
        low_at=_at(low, measure),
        span=_at(high, measure, low),
    )


def _between(low: str, high: str, lang: Lang) -> str:
    return Text("{a} à {b}", "{a} to {b}").said(lang, a=low, b=high) if low and high else ""


def _value(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell, Shown) else None


def _at(value: float | None, measure: Measure, start: float | None = None) -> str:
    """Where a value stands, from the left or from a start."""
    first, last = _SPANS[measure]
    begin = first if start is None else start
    return "" if value is None else f"{100 * (value - begin) / (last - first):.1f}"

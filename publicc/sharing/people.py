"""Tables of people of a shared show: who came, which profiles, what they answered, what audiences are shared.

Everything here was protected before it came: counts to 5, shares in steps of 5 %, or withheld.
"""

from collections.abc import Iterable
from typing import Final

from publicc.dashboards.page import Column, DataTable, Value
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.releases.shows import YEAR_TO_COME
from publicc.sharing.partner import Place, SharedShow
from publicc.sharing.states import Figures
from publicc.surveys.results.estimates import margin_of_error
from publicc.surveys.results.granted import HELD, told_questions

TO_COME: Final = Text("à venir", "to come")
_BAND_WORDS: Final = {
    "0-10": Text("À moins de 10 km", "Under 10 km"),
    "10-25": Text("10 à 25 km", "10 to 25 km"),
    "25-50": Text("25 à 50 km", "25 to 50 km"),
    "50+": Text("50 km et plus", "50 km and over"),
}
STEPS_NOTE: Final = Text(
    "Parts par pas de 5 % : 5 % veut dire 5 % ou moins, 95 % veut dire 95 % ou plus. Rien sous dix personnes.",
    "Shares in steps of 5%: 5% means 5% or less, 95% means 95% or more. Nothing under ten people.",
)

SURVEY_NOTE: Final = Text(
    "Réponses par les liens de ce spectacle, sans pondération : répond qui veut. Parts par pas de 5 % de qui répond à "
    "la question; rien sous dix personnes, ni sous trente réponses.",
    "Answers by this show's links, not weighted: whoever wishes answers. Shares in steps of 5% of those who answer "
    "the question; nothing under ten people, nor under thirty answers.",
)


def people_tables(shown: SharedShow) -> tuple[DataTable, ...]:
    """Every table of people that some presenter opened."""
    return (_audience(shown), *_profiles(shown), _respondents(shown), _answers(shown), _overlaps(shown))


def _audience(shown: SharedShow) -> DataTable:
    """One row a presenter that opened the profile: rounded counts and shares."""
    share = Unit.RATIO
    columns = (
        Column("presenter", Text("Diffuseur", "Presenter")),
        Column("buyers", Text("Acheteurs, à 5 près", "Buyers, to the nearest 5"), Unit.COUNT),
        Column("new", Text("Nouveaux pour le diffuseur", "New to the presenter"), share, 0),
        *(Column(f"band_{at}", _BAND_WORDS[band], share, 0) for at, band in enumerate(_BAND_WORDS)),
    )
    rows = tuple(
        (one.name, one.audience.buyers, one.audience.new, *(one.audience.bands[band] for band in _BAND_WORDS))
        for one in shown.places
        if one.opening.of(Figures.AUDIENCE)
    )
    return DataTable("audience", Text("Qui est venu", "Who came"), columns, rows, note=STEPS_NOTE)


def _overlaps(shown: SharedShow) -> DataTable:
    """What each run left; then one row a pair: a run and the partner's own buyers, or the runs of two presenters."""
    names = {one.owner: one.name for one in shown.places}
    columns = (
        Column("first", Text("Acheteurs du spectacle chez", "Buyers of the show at")),
        Column("second", Text("Ce qu'ils ont de commun", "What they share")),
        Column("both", Text("Acheteurs communs, à 5 près", "Shared buyers, to the nearest 5"), Unit.COUNT),
        Column("of_first", Text("Part des premiers", "Share of the first"), Unit.RATIO, 0),
        Column("of_second", Text("Part des seconds", "Share of the second"), Unit.RATIO, 0),
    )
    rows: list[tuple[Value, ...]] = []
    none = Text("–", "–")
    for one in shown.places:
        if not one.opening.of(Figures.OVERLAP):
            continue
        kept = one.audience
        elsewhere = Text("Nouveaux, connus ailleurs dans le bassin", "New, known elsewhere in the pool")
        returned = Text("Nouveaux, revenus en douze mois", "New, back within twelve months")
        rows += [
            (one.name, elsewhere, none, kept.elsewhere, none),
            (one.name, returned, none, _in_time(kept.returned), none),
        ]
        if one.with_asker is not None:
            both = one.with_asker
            mine = Text("Vos acheteurs de deux ans", "Your buyers of two years")
            rows.append((one.name, mine, both.both, both.of_first, both.of_second))
    rows += [(names[a], names[b], told.both, told.of_first, told.of_second) for (a, b), told in shown.between.items()]
    return DataTable("overlaps", Text("Publics partagés", "Shared audiences"), columns, tuple(rows), note=STEPS_NOTE)


def _in_time(cell: Cell) -> Value:
    """A figure that needs twelve months after the last night says so until they have passed."""
    return TO_COME if cell == YEAR_TO_COME else cell


def _profiles(shown: SharedShow) -> Iterable[DataTable]:
    """One row a profile, one column a presenter; a table for each version of the segmentation that was told."""
    told = [one for one in shown.places if one.opening.of(Figures.SEGMENTS) and one.profiles]
    kinds = dict.fromkeys(_kind(one) for one in told)
    for at, kind in enumerate(kinds):
        held = [one for one in told if _kind(one) == kind]
        columns = (Column("profile", Text("Profil", "Profile")), *_each(held))
        rows = tuple((name, *(one.profiles[row].share for one in held)) for row, (_, name) in enumerate(kind))
        title = Text("Profils d'acheteurs", "Buyer profiles")
        yield DataTable("profiles" if not at else f"profiles-{at + 1}", title, columns, rows, note=STEPS_NOTE)


def _kind(place: Place) -> tuple[tuple[str, Text], ...]:
    """The profiles that a place was told of: their codes and words."""
    return tuple((one.code, one.name) for one in place.profiles)


def _each(places: Iterable[Place]) -> Iterable[Column]:
    """A column of shares for each presenter."""
    return (Column(f"at_{one.owner}", Text(one.name, one.name), Unit.RATIO, 0) for one in places)


def _respondents(shown: SharedShow) -> DataTable:
    """How many answered at each presenter, how surely, and whether they recommend the show."""
    columns = (
        Column("presenter", Text("Diffuseur", "Presenter")),
        Column("respondents", Text("Réponses, à 5 près", "Answers, to the nearest 5"), Unit.COUNT),
        Column("margin", Text("Fourchette d'une part, en points", "Range of a share, in points"), Unit.PLAIN, 0),
        Column("recommendation", Text("Recommandation nette, par 5", "Net recommendation, by 5"), Unit.PLAIN, 0),
    )
    none = Text("aucune réponse", "no answers")
    rows: list[tuple[Value, ...]] = []
    for one in _surveyed(shown):
        told = one.survey
        if told is None:
            rows.append((one.name, none, Text("–", "–"), Text("–", "–")))
        else:
            rows.append((one.name, told.respondents, _margin(told.respondents), told.recommendation))
    return DataTable(
        "respondents", Text("Qui a répondu au sondage", "Who answered the survey"), columns, tuple(rows),
        note=SURVEY_NOTE,
    )  # fmt: skip


def _margin(respondents: Cell) -> Cell:
    """How far a share of that many people may be off, 95 %. Unit: points."""
    if isinstance(respondents, Shown):
        return Shown(round(100 * margin_of_error(float(respondents.value))))
    return respondents


def _answers(shown: SharedShow) -> DataTable:
    """One row an answer of the common core, one column a presenter; a question that nobody may be told is left out."""
    held = [one for one in _surveyed(shown) if one.survey is not None]
    columns = (
        Column("question", Text("Question", "Question")),
        Column("answer", Text("Réponse", "Answer")),
        *_each(held),
    )
    rows: list[tuple[Value, ...]] = []
    for question in told_questions():
        lines = [(choice.label, [_answered(one, question.cell(choice)) for one in held]) for choice in question.answers]
        if any(isinstance(cell, Shown) for _, cells in lines for cell in cells):
            rows += [(question.title, label, *cells) for label, cells in lines]
    return DataTable("answers", Text("Ce que le public répond", "What audiences answer"), columns, tuple(rows),
                     note=SURVEY_NOTE)  # fmt: skip


def _answered(place: Place, name: str) -> Cell:
    return place.survey.answers.get(name, HELD) if place.survey is not None else HELD


def _surveyed(shown: SharedShow) -> list[Place]:
    return [one for one in shown.places if one.opening.of(Figures.SURVEY)]

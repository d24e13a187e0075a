"""Chapters of the report on a survey: what it says first, the questions of each page drawn, how sure it is. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from publicc.dashboards.page import Chart, Column, DataTable, Notice, Tile, Value
from publicc.dashboards.wording import said
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.reports.document import Chapter
from publicc.surveys.results.behaviour import Axis
from publicc.surveys.results.estimates import Estimate
from publicc.surveys.results.reading import Report
from publicc.surveys.results.tables import RECOMMENDATION, Result, Row
from publicc.surveys.results.telling import answer_sentence, certainty, weights_sentence

_HELD: Final = Withheld(WithheldReason.PERSONS)
_RANGE: Final = (
    Column("low", Text("De", "From"), Unit.RATIO, 0),
    Column("high", Text("À", "To"), Unit.RATIO, 0),
)
_COLUMNS: Final = (
    Column("answer", Text("Réponse", "Answer")),
    Column("share", Text("Part pondérée", "Weighted share"), Unit.RATIO, 0),
    *_RANGE,
    Column("people", Text("Personnes", "People"), Unit.COUNT),
    Column("plain", Text("Part sans poids", "Unweighted share"), Unit.RATIO, 0),
)
METHODS: Final = (
    (
        Text("Part", "Share"),
        Text(
            "Parmi les gens à qui la question a été posée et qui y ont répondu; « je préfère ne pas répondre » et « "
            "je ne sais pas » sont hors de la base. D'une question à plusieurs choix, les parts peuvent dépasser 100 "
            "%.",
            "Among the people who were asked the question and answered it; “prefer not to answer” and “I don't know” "
            "are out of the base. Of a question with several choices, shares may add up to more than 100%.",
        ),
    ),
    (
        Text("Fourchette (de, à)", "Interval (from, to)"),
        Text(
            "Où se trouve la part 95 fois sur 100, par le hasard de qui a répondu : intervalle de Wilson sur la taille "
            "effective. Pour les moyennes et la recommandation nette : intervalle normal, variance pondérée divisée "
            "par la taille effective.",
            "Where the share lies 95 times in 100, by the chance of who answered: Wilson interval on the effective "
            "size. For means and net recommendation: normal interval, weighted variance divided by the effective size.",
        ),
    ),
    (
        Text("Recommandation nette", "Net recommendation"),
        Text(
            "Part des 9 et 10, moins part des 0 à 6, en points de −100 à 100.",
            "Share of 9 and 10, less share of 0 to 6, in points from −100 to 100.",
        ),
    ),
    (
        Text("Marge", "Margin"),
        Text(
            "1,96 √(p(1−p) ÷ n) pour la part la moins sûre (p = 50 %), n la taille effective; fois √((N−n) ÷ (N−1)) "
            "quand on connaît les N acheteurs à qui le lien a été donné. Sinon « fourchette indicative » : elle dit "
            "la taille, non le biais de qui choisit de répondre.",
            "1.96 √(p(1−p) ÷ n) for the least sure share (p = 50%), n the effective size; times √((N−n) ÷ (N−1)) "
            "when the N buyers who were given the link are known. Otherwise “indicative range”: it tells the size, "
            "not the bias of who chooses to answer.",
        ),
    ),
    (
        Text("Poids et taille effective", "Weights and effective size"),
        Text(
            "Les réponses sont pesées pour ressembler aux acheteurs de l'organisme (première visite, distance), poids "
            "entre 0,3 et 3. Taille effective : (Σw)² ÷ Σw²; effet de plan : n Σw² ÷ (Σw)² (Kish).",
            "Answers are weighted to resemble the organization's buyers (first visit, distance), weights between 0.3 "
            "and 3. Effective size: (Σw)² ÷ Σw²; design effect: n Σw² ÷ (Σw)² (Kish).",
        ),
    ),
    (
        Text("Ce qui n'est pas montré", "What is not shown"),
        Text(
            "Rien sous dix réponses; de dix à vingt-neuf, la figure porte sa marque. Les réponses en doute sont "
            "mises de côté. Les commentaires restent à l'écran, lus par l'organisme seul.",
            "Nothing under ten answers; from ten to twenty-nine, the figure bears its mark. Answers in doubt are set "
            "apart. Comments stay on screen, read by the organization alone.",
        ),
    ),
)  # fmt: skip
"""How figures of surveys are made. Source: docs/reference/surveys.en.md."""


def essential(told: Report) -> Chapter:
    """How many answered, how surely, and what they say in one figure each."""
    tables = (_measures(told.results), *(_axis(at, one) for at, one in enumerate(told.behaviour)))
    return Chapter(
        id="survey",
        title=Text("L'essentiel", "The essential"),
        answer=answer_sentence(told),
        notices=(Notice("info", weights_sentence(told)), Notice("info", certainty(told))) if told.counted else (),
        tiles=tuple(_tiles(told)) if not told.is_empty else (),
        tables=tuple(one for one in tables if one.rows),
    )


def _tiles(told: Report) -> Iterator[Tile]:
    yield Tile("answers_counted", Text("Réponses comptées", "Answers counted"), Shown(told.counted), Unit.COUNT)
    name = Text("Marge, ± points", "Margin, ± points") if told.is_frame_known else Text(
        "Fourchette indicative, ± points", "Indicative range, ± points"
    )  # fmt: skip
    yield Tile("answers_margin", name, Shown(100 * told.margin), Unit.PLAIN, 1)
    label = Text("Recommandation nette", "Net recommendation")
    score = told.recommendation
    yield Tile("net_recommendation", label, _HELD if score is None else Shown(score.value, n=score.n), Unit.PLAIN, 0)
    yield Tile("answers_effective", Text("Taille effective", "Effective size"), Shown(told.effective), Unit.PLAIN, 0)


def _measures(results: Iterable[Result]) -> DataTable:
    """One row a scale or a number: its value with what it may be off by."""
    columns = (
        Column("question", Text("Question", "Question")),
        Column("measure", Text("Mesure", "Measure")),
        Column("value", Text("Valeur", "Value"), Unit.PLAIN, 1),
        Column("low", Text("De", "From"), Unit.PLAIN, 1),
        Column("high", Text("À", "To"), Unit.PLAIN, 1),
        Column("people", Text("Réponses", "Answers"), Unit.COUNT),
        Column("effective", Text("Taille effective", "Effective size"), Unit.PLAIN, 0),
    )
    rows = tuple(
        (_title(one), one.headline_words or Text("", ""), *_estimate(one.headline), _people(one.headline.n),
         _HELD if one.is_hidden else Shown(one.headline.n_eff))
        for one in results
        if one.headline is not None
    )  # fmt: skip
    return DataTable("measures", Text("Moyennes et recommandation", "Means and recommendation"), columns, rows)


def _estimate(told: Estimate) -> tuple[Cell, Cell, Cell]:
    """The value and the ends of its interval; withheld under ten people."""
    if told.is_hidden:
        return _HELD, _HELD, _HELD
    return Shown(told.value, n=told.n), Shown(told.low, n=told.n), Shown(told.high, n=told.n)


def _people(n: int) -> Cell:
    return Shown(n) if n >= 10 else _HELD


def _axis(at: int, axis: Axis) -> DataTable:
    """What people who agreed to be tied say, by what they bought."""
    columns = (
        Column("group", axis.title),
        Column("people", Text("Personnes", "People"), Unit.COUNT),
        Column("recommendation", Text("Recommandation nette", "Net recommendation"), Unit.PLAIN, 0),
        Column("experience", Text("Expérience, de 1 à 5", "Experience, 1 to 5"), Unit.PLAIN, 1),
    )
    rows = tuple(
        (one.label, _people(one.people), _estimate(one.recommendation)[0], _estimate(one.experience)[0])
        for one in axis.groups
    )
    note = Text(
        "Des gens qui ont accepté que leur réponse soit reliée à leurs achats; sans poids.",
        "People who agreed that their answer be tied to their purchases; not weighted.",
    )
    return DataTable(f"behaviour-{at + 1}", axis.title, columns, rows, note=note)


def page_chapter(name: str, title: Text, results: Sequence[Result]) -> Chapter:
    """One page of the questionnaire: a drawing a question, and what too few answered."""
    drawn = [one for one in results if one.rows and not one.is_hidden]
    few = [one for one in results if one.is_hidden]
    columns = (
        Column("question", Text("Question", "Question")),
        Column("people", Text("Réponses", "Answers"), Unit.COUNT),
    )
    held: tuple[tuple[Value, ...], ...] = tuple((_title(one), _HELD) for one in few)
    table = DataTable(f"{name}-few", Text("Moins de dix réponses", "Fewer than ten answers"), columns, held)
    return Chapter(
        id=name,
        title=title,
        answer=_finding(drawn),
        charts=tuple(_chart(one) for one in drawn),
        tables=(table,) if held else (),
    )


def _finding(drawn: Sequence[Result]) -> Text:
    """What most people answer to the first question of the page that enough answered."""
    for one in drawn:
        told, title = _says(one), _title(one)
        if told is not None:
            return Text("{title} {answer}", "{title} {answer}").filled(title=title, answer=told)
    return Text(
        "Trop peu de réponses pour dire ce qui domine.", "Too few answers to say what comes first."
    )  # fmt: skip


def _top(one: Result) -> Row | None:
    """The answer most given, when thirty people answered."""
    top = max(one.rows, key=lambda row: row.share.value, default=None)
    return top if top is not None and not top.share.is_fragile and top.share.value else None


def _says(one: Result) -> Text | None:
    """The finding of a question: its measure when it is a scale, else the answer most given."""
    top, measure = _top(one), one.headline
    if top is None:
        return None
    if measure is not None and one.headline_words is not None:
        decimals = 0 if one.question.startswith(RECOMMENDATION) else 1
        name = Text("{words} : {value}", "{words}: {value}")
        return name.filled(words=one.headline_words, value=said(measure.value, Unit.PLAIN, decimals))
    return Text("{label} : {share}", "{label}: {share}").filled(
        label=_words(top.label), share=said(top.share.value, Unit.RATIO, 0)
    )


def _chart(one: Result) -> Chart:
    name = one.question.replace("/", "-").replace(".", "-")
    title = _title(one)
    base = Text("{n} réponses sur {a} personnes", "{n} answers of {a} people").filled(
        n=said(one.answered, Unit.COUNT), a=said(one.asked, Unit.COUNT)
    )
    rows = tuple(_line(row) for row in one.rows)
    return Chart(
        id=name,
        kind="estimates",
        title=_says(one) or title,
        subtitle=Text("{question} · {base}", "{question} · {base}").filled(question=title, base=base),
        summary=Text(
            "Barres des parts, avec leur fourchette à 95 %.", "Bars of shares, with their 95% intervals."
        ),
        table=DataTable(name, title, _COLUMNS, rows),
        metrics=(),
    )  # fmt: skip


def _line(row: Row) -> tuple[Value, ...]:
    n = row.share.n
    ends = (Shown(row.share.value, n=n), Shown(row.share.low, n=n), Shown(row.share.high, n=n))
    return (_words(row.label), *ends, Shown(row.count), Shown(row.plain, n=n))


def _title(one: Result) -> Text:
    return _words(one.title)


def _words(told: Text) -> Text:
    """Words of a questionnaire: an own question may have been written in one language alone."""
    return Text(told.fr or told.en, told.en or told.fr)


def method(told: Report) -> Chapter:
    """Who was counted and who was not, and what the answers are worth."""
    counted: list[tuple[Value, ...]] = [
        (Text("Réponses terminées", "Finished answers"), Shown(told.finished)),
        (Text("Commencées, comptées pour ce qu'elles disent", "Begun, counted for what they say"), Shown(told.begun)),
        (Text("Comptées", "Counted"), Shown(told.counted)),
        (Text("Laissées de côté", "Left out"), Shown(told.kept_apart)),
        *((Text(f"Mises de côté : {why.label.fr}", f"Set apart: {why.label.en}"), Shown(n))
          for why, n in sorted(told.apart.items())),
    ]  # fmt: skip
    if told.frame is not None:
        counted.append((Text("Acheteurs qu'elles représentent", "Buyers they stand for"), Shown(told.frame.buyers)))
    worth: tuple[tuple[Value, ...], ...] = (
        (Text("Taille effective", "Effective size"), Shown(told.effective)),
        (Text("Effet de plan", "Design effect"), Shown(told.weights.design_effect)),
        (Text("Marge d'une part, en points", "Margin of a share, in points"), Shown(100 * told.margin)),
        (Text("Poids coupés, en pour cent", "Weights trimmed, per cent"), Shown(100 * told.weights.trimmed_share)),
    )
    what = Column("what", Text("Quoi", "What"))
    return Chapter(
        id="method",
        title=Text("Méthode", "Method"),
        answer=certainty(told),
        notices=(Notice("info", weights_sentence(told)),) if told.counted else (),
        tables=(
            DataTable("counted", Text("Qui est compté", "Who is counted"),
                      (what, Column("people", Text("Réponses", "Answers"), Unit.COUNT)), tuple(counted)),
            *((DataTable("worth", Text("Ce que les réponses valent", "What the answers are worth"),
                         (what, Column("value", Text("Valeur", "Value"), Unit.PLAIN, 2)), worth),)
              if told.counted else ()),
        ),
    )  # fmt: skip

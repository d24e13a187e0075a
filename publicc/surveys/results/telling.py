"""Results in words and marks: the sentence that answers, how surely, and each row ready to draw. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from publicc.kernel.formats import number, percent, period_words, signed
from publicc.kernel.text import Lang, Text
from publicc.surveys.results.behaviour import Axis, Group
from publicc.surveys.results.estimates import HIDDEN_BELOW, Estimate
from publicc.surveys.results.reading import Report
from publicc.surveys.results.tables import RECOMMENDATION, Result, Row

_MARGIN_NAMES = {
    "visit": Text("première visite ou non", "first visit or not"),
    "distance": Text("distance", "distance"),
    "age": Text("âge", "age"),
    "language": Text("langue parlée à la maison", "language spoken at home"),
    "territory": Text("territoire", "territory"),
}


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row with its words and, in hundredths of the width, where its bar and its interval stand."""

    label: str
    count: str
    share: str
    interval: str
    plain: str
    bar: str
    low: str
    span: str


@dataclass(frozen=True, slots=True)
class DrawnResult:
    """A question's table, ready to draw."""

    id: str
    title: str
    base: str
    state: str
    headline: str
    headline_words: str
    rows: tuple[DrawnRow, ...]
    terms: tuple[tuple[str, int], ...]
    comments: tuple[str, ...]
    is_words: bool
    is_hidden: bool


def answer_sentence(told: Report) -> Text:
    """How many answered and, when enough did, what they say first."""
    if told.is_empty:
        return Text(
            "{n} réponses comptées : il en faut dix pour montrer un chiffre.",
            "{n} answers counted: ten are needed to show a figure.",
        ).filled(n=told.counted)
    lead = Text("{n} réponses", "{n} answers")
    known = Text("marge d'erreur", "margin of error") if told.is_frame_known else Text(
        "fourchette indicative", "indicative range"
    )  # fmt: skip
    said = _both(lead, lambda lang: {"n": number(told.counted, lang)})
    points = _both(Text("± {p} points", "± {p} points"), lambda lang: {"p": number(100 * told.margin, lang, 1)})
    start = Text(f"{said.fr}, {known.fr} {points.fr}", f"{said.en}, {known.en} {points.en}")
    if told.recommendation is None:
        return Text(f"{start.fr}.", f"{start.en}.")
    value = told.recommendation.value
    return Text(
        f"{start.fr}; recommandation nette {signed(value, 'fr')}.",
        f"{start.en}; net recommendation {signed(value, 'en')}.",
    )


def certainty(told: Report) -> Text:
    """Whom the figures speak for, and how far."""
    if told.is_frame_known:
        return Text(
            "Ces gens ont reçu un lien propre à leur spectacle : la marge vaut si tous l'ont reçu, ou au hasard.",
            "These people received a link of their show: the margin holds if all did, or a random part.",
        )
    return Text(
        "Lien ouvert : répond qui veut, souvent les mêmes. La fourchette dit la taille, non ce biais.",
        "Open link: whoever wishes answers, often the same people. The range tells the size, not that bias.",
    )


def weights_sentence(told: Report) -> Text:
    """What the figures were weighted to, or why they were not."""
    weights, frame = told.weights, told.frame
    if told.is_of_population:
        return _population_sentence(told)
    if frame is None:
        return Text(
            "Sans pondération : trop peu de ventes autour de ces réponses (il en faut cent) pour savoir qui vient.",
            "Not weighted: too few sales around these answers (a hundred are needed) to know who comes.",
        )
    if not weights.agrees:
        return Text(
            "Sans pondération : les marges de la billetterie se contredisent pour ces réponses.",
            "Not weighted: the margins of ticketing contradict each other for these answers.",
        )
    if not weights.margins:
        return Text(
            "Sans pondération : trop peu de réponses disent la première visite ou le lieu (dix par groupe).",
            "Not weighted: too few answers tell the first visit or the place (ten a group).",
        )
    told_as = Text(
        "Pondéré pour ressembler aux {n} acheteurs de la période ({p}) : {m}. Taille effective {e}, effet de plan {d}, "
        "poids coupés {t}.",
        "Weighted to resemble the {n} buyers of the period ({p}): {m}. Effective size {e}, design effect {d}, weights "
        "trimmed {t}.",
    )
    return _both(
        told_as,
        lambda lang: {
            "n": number(frame.buyers, lang),
            "p": period_words(frame.period, lang),
            **_weights_words(told, lang),
        },
    )


def _population_sentence(told: Report) -> Text:
    """The same of people met outside venues, who stand for those who live where they live."""
    if not told.weights.agrees:
        return Text(
            "Sans pondération : les marges du recensement se contredisent pour ces réponses.",
            "Not weighted: the margins of the census contradict each other for these answers.",
        )
    if not told.weights.margins:
        return Text(
            "Sans pondération : il y faut le recensement, et dix réponses par groupe qui disent où l'on vit.",
            "Not weighted: it takes the census, and ten answers a group that tell where people live.",
        )
    told_as = Text(
        "Pondéré pour ressembler aux 15 ans et plus des territoires où vivent ces gens, au recensement : {m}. Taille "
        "effective {e}, effet de plan {d}, poids coupés {t}.",
        "Weighted to resemble people of 15 and over in the territories where these people live, by the census: {m}. "
        "Effective size {e}, design effect {d}, weights trimmed {t}.",
    )
    return _both(told_as, lambda lang: _weights_words(told, lang))


def _weights_words(told: Report, lang: Lang) -> dict[str, str]:
    return {
        "m": ", ".join(_MARGIN_NAMES[one].said(lang) for one in told.weights.margins),
        "e": number(told.effective, lang),
        "d": number(told.weights.design_effect, lang, 2),
        "t": percent(told.weights.trimmed_share, lang, 0),
    }


def drawn(one: Result, lang: Lang) -> DrawnResult:
    """The result of a question in one language."""
    base = Text("{n} réponses sur {a} personnes", "{n} answers of {a} people").said(
        lang, n=number(one.answered, lang), a=number(one.asked, lang)
    )
    if one.declined:
        base += Text("; {d} préfèrent ne pas dire ou ne savent pas", "; {d} prefer not to say or do not know").said(
            lang, d=number(one.declined, lang)
        )
    return DrawnResult(
        id=one.question.replace("/", "-").replace(".", "-"),
        title=one.title.said(lang) or one.title.fr or one.title.en,
        base=base,
        state=_state(one, lang),
        headline=_headline(one, lang),
        headline_words=one.headline_words.said(lang) if one.headline_words else "",
        rows=tuple(_row(row, lang) for row in one.rows) if not one.is_hidden else (),
        terms=one.terms,
        comments=one.comments,
        is_words=bool(one.comments) or one.kind == "comment",
        is_hidden=one.is_hidden,
    )


def _row(row: Row, lang: Lang) -> DrawnRow:
    low, high = 100 * row.share.low, 100 * row.share.high
    return DrawnRow(
        label=row.label.said(lang) or row.label.fr or row.label.en,
        count=number(row.count, lang),
        share=percent(row.share.value, lang, 0),
        interval=_interval(row.share, lang),
        plain=percent(row.plain, lang, 0),
        bar=f"{100 * row.share.value:.1f}",
        low=f"{low:.1f}",
        span=f"{high - low:.1f}",
    )


def _interval(share: Estimate, lang: Lang) -> str:
    low = number(100 * share.low, lang)
    return Text("{a} à {b}", "{a} to {b}").said(lang, a=low, b=percent(share.high, lang, 0))


def _headline(one: Result, lang: Lang) -> str:
    if one.headline is None or one.is_hidden:
        return ""
    is_points = one.question.startswith(RECOMMENDATION)
    value, low, high = (
        signed(each, lang) if is_points else number(each, lang, 1)
        for each in (one.headline.value, one.headline.low, one.headline.high)
    )
    return Text("{v} (de {a} à {b})", "{v} ({a} to {b})").said(lang, v=value, a=low, b=high)


def _state(one: Result, lang: Lang) -> str:
    estimates = [row.share for row in one.rows] or ([one.headline] if one.headline else [])
    if not estimates or one.is_hidden:
        return ""
    if estimates[0].is_fragile:
        return Text("Fragile : moins de 30 réponses.", "Fragile: fewer than 30 answers.").said(lang)
    if estimates[0].needs_caution:
        return Text(
            "Prudence : moins de 100 réponses, ou poids très inégaux.",
            "Caution: fewer than 100 answers, or very unequal weights.",
        ).said(lang)
    return ""


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    """Tied people who bought alike, in one language; empty words where too few answered."""

    label: str
    people: str
    recommendation: str
    experience: str
    is_fragile: bool


@dataclass(frozen=True, slots=True)
class DrawnAxis:
    """Groups under one title."""

    title: str
    groups: tuple[DrawnGroup, ...]


def drawn_axis(axis: Axis, lang: Lang) -> DrawnAxis:
    """What tied people say, by what they bought."""
    return DrawnAxis(axis.title.said(lang), tuple(_group(one, lang) for one in axis.groups))


def _group(one: Group, lang: Lang) -> DrawnGroup:
    fewer = Text("moins de {n}", "fewer than {n}").said(lang, n=HIDDEN_BELOW)
    shown = one.people >= HIDDEN_BELOW
    return DrawnGroup(
        label=one.label.said(lang),
        people=number(one.people, lang) if shown else fewer,
        recommendation=_figure(one.recommendation, lang, lambda value: signed(value, lang)),
        experience=_figure(one.experience, lang, lambda value: number(value, lang, 1)),
        is_fragile=one.recommendation.is_fragile or one.experience.is_fragile,
    )


def _figure(told: Estimate, lang: Lang, words: Callable[[float], str]) -> str:
    if told.is_hidden:
        return ""
    return Text("{v} (de {a} à {b})", "{v} ({a} to {b})").said(
        lang, v=words(told.value), a=words(told.low), b=words(told.high)
    )


def _both(text: Text, fields: Callable[[Lang], dict[str, str]]) -> Text:
    return Text(text.fr.format(**fields("fr")), text.en.format(**fields("en")))

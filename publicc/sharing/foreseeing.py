"""Before an access opens: what its partner would be shown is tried against all that members read already."""

from collections.abc import Iterable
from dataclasses import replace

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.releases.facts import learn
from publicc.releases.granted import ShownFigure
from publicc.releases.granting import disclosed_by
from publicc.sharing.learning import figures_shown
from publicc.sharing.models import ShowRequest
from publicc.sharing.partner import shared_show
from publicc.sharing.reading import METRICS
from publicc.sharing.states import PROTECTED, Figures
from publicc.sharing.terms import Terms
from publicc.store.home import Home
from publicc.store.snapshots import NoSnapshot


def check_tells_of_no_other(request: ShowRequest, terms: Terms) -> None:
    """Raise BadInput when the exact figures, beside releases already read, would tell of whoever did not grant.

    Else they are kept as known to the partner from now on, whether or not it has looked yet. Judged as if every night
    of the terms were old enough today. The owner hears which figures to leave out, not why.
    """
    figures = _foreseen(request, terms)
    failing = disclosed_by(Home.from_environment(), figures) if figures else frozenset()
    if failing:
        families = [one for one in Figures if one in terms.figures and failing & set(METRICS.get(one, ()))]
        raise BadInput(
            Text(
                "Ces chiffres ne peuvent pas être accordés sous cette forme.",
                "These figures cannot be granted in this form.",
            ),
            do=Text(
                "Accorder sans : {families}; ou pour les seules représentations à venir.",
                "Grant without: {families}; or for performances to come only.",
            ).filled(families=_named(families)),
        )
    learn(figures)


def _foreseen(request: ShowRequest, terms: Terms) -> tuple[ShownFigure, ...]:
    exact = replace(terms, figures=terms.figures - PROTECTED, delay_days=1)
    if request.owner is None or request.asker is None or not exact.figures:
        return ()
    try:
        shown = shared_show(Home.from_environment(), request.title, [exact], request.asker)
    except NoSnapshot:
        return ()
    return tuple(figures_shown(shown, request.asker.slug))


def _named(families: Iterable[Figures]) -> Text:
    labels = [one.label for one in families]
    return Text(", ".join(one.fr for one in labels), ", ".join(one.en for one in labels))

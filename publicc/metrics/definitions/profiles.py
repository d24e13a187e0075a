"""*Profils*: how many buyers are of each profile of the common model, who moved, and what each would take."""

from collections import Counter
from functools import partial
from typing import Final

from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import season_year
from publicc.kernel.text import Text
from publicc.metrics.definition import UNKNOWN, Grain, Key, Metric, Solved
from publicc.metrics.definitions.offers import lift_of, lifts
from publicc.metrics.gathering import Cut, Facts, rows_of
from publicc.metrics.words import BUYERS_OUT, PERSONS_F30

_TOLD: Final = f"coalesce(profile, '{UNKNOWN}')"


def _shares(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    """Season × profile, up to the season of the end of the period; undetermined buyers are a share of their own."""
    if not facts.profiled:
        return {}
    last = season_year(min(cut.period.last_on, facts.as_of))
    counted = rows_of(facts, cut, f"SELECT season, {_TOLD}, count(*) FROM profiles_by_season GROUP BY 1, 2")
    sizes: Counter[int] = Counter()
    for season, _, n in counted:
        sizes[season] += n
    return {
        (str(season), code): Shown(n / sizes[season], n=sizes[season]) for season, code, n in counted if season <= last
    }


def _moves(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    """Profile a season earlier × profile now, of the buyers told in both."""
    if not facts.profiled:
        return {}
    now = season_year(min(cut.period.last_on, facts.as_of))
    counted = rows_of(
        facts,
        cut,
        "SELECT coalesce(b.profile, 'UNKNOWN'), coalesce(a.profile, 'UNKNOWN'), count(*) FROM profiles_by_season AS b"
        f" JOIN profiles_by_season AS a ON a.buyer_id = b.buyer_id AND a.season = {now} WHERE b.season = {now - 1}"
        " GROUP BY 1, 2",
    )
    sizes: Counter[str] = Counter()
    for before, _, n in counted:
        sizes[before] += n
    return {(before, after): Shown(n / sizes[before], n=sizes[before]) for before, after, n in counted}


def _lifts(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    if not facts.profiled:
        return {}
    number = "buyer" if facts.source.rollup_of(facts.scope) is not None else "buyer_id"
    now = season_year(min(cut.period.last_on, facts.as_of))
    told = f"(SELECT {number} AS buyer, {_TOLD} AS code FROM profiles_by_season WHERE season = {now})"
    return lifts(facts, cut, told)


_of_profiles: Final = partial(
    Metric,
    counts_in=Text(
        "Personnes identifiées ayant au moins une visite payante dans les 36 mois, typées par le modèle commun.",
        "Identified persons with at least one paid visit in the 36 months, typed by the common model.",
    ),
    counts_out=BUYERS_OUT,
    grain=Grain.BUYER,
    base=PERSONS_F30,
    needs=("buyer",),
    source="proposed",
    cuts=frozenset(),
    unit=Unit.RATIO,
)

METRICS: Final = (
    _of_profiles(
        id="profile_share",
        label=Text("Répartition des profils", "Profile mix"),
        formula=Text(
            "Acheteurs par profil au dernier jour de la saison ÷ acheteurs typés; « indéterminé » à part",
            "Buyers by profile on the last day of the season ÷ typed buyers; “undetermined” apart",
        ),
        recipe=Solved(_shares, ("told_season", "profile")),
        examples=("typed-1",),
    ),
    _of_profiles(
        id="profile_transition",
        label=Text("Passages entre profils", "Profile transitions"),
        formula=Text(
            "Part du profil x la saison précédente qui est au profil y cette saison, acheteurs typés aux deux",
            "Share of profile x in the season before that is of profile y this season, buyers typed in both",
        ),
        recipe=Solved(_moves, ("profile", "profile_next")),
        examples=("typed-1",),
    ),
    lift_of(
        id="profile_lift",
        label=Text("Attrait d'une offre par profil", "Pull of an offer by profile"),
        recipe=Solved(_lifts, ("profile", "offer", "bound")),
        examples=("typed-1",),
    ),
)

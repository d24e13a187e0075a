"""Those who do not come, bounded by the census: what areas could bring, what the audience over-represents, what growth is possible."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, lru_cache, partial
from math import log
from typing import Final

from publicc.directory.distance import distance_km
from publicc.directory.official.traits import INCOME, TRAITS
from publicc.directory.places import fsa_points
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import months_before, season_period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.metrics.definition import UNKNOWN, Atoms, Context, Folded, Grain, Key, Metric, Solved
from publicc.metrics.definitions.penetration import CUTS, HOUSES
from publicc.metrics.formulas import no_base, no_data
from publicc.metrics.gathering import Cut, Facts, Lot, gather
from publicc.metrics.market import LEAST_HOUSEHOLDS, reference
from publicc.metrics.potential import Area, Fitted, fitted, growth_ceiling
from publicc.metrics.rowsets import KEPT
from publicc.metrics.rules import quantile
from publicc.metrics.sets import BUYERS
from publicc.metrics.source import Census, Shares
from publicc.metrics.words import BUYERS_IN, BUYERS_OUT, PERSONS_F30

MODEL_TRAITS: Final = (
    "age_65_up", "age_15_34", "degree", "home_french", "immigrant", "one_person", "couple_children",
)  # fmt: skip
"""Shares that the model knows, beside the income, the distance to the nearest venue and the seats around."""
AROUND_KM: Final = 25.0
LEAST_KNOWN: Final = 0.8
"""A variable that fewer areas have is left out of the model."""
PAIRS: Final = 3
"""Growth is the median of that many pairs of closed seasons at most."""
BOUNDS: Final = ("low", "middle", "high")
_VENUES: Final = f"""SELECT v.latitude, v.longitude, coalesce(sum(p.capacity), 0)::DOUBLE AS seats
FROM performances AS p JOIN venues AS v ON v.organization = p.organization AND v.venue_id = p.venue_id
WHERE {KEPT} AND coalesce(p.organization = $organization, TRUE) AND p.starts_on >= $first_on AND p.starts_on <= $last_on
AND v.latitude IS NOT NULL AND v.longitude IS NOT NULL GROUP BY ALL ORDER BY ALL"""

Venues = tuple[tuple[float, float, float], ...]
"""Latitude, longitude, seats offered."""


def reached_in(facts: Facts, cut: Cut) -> dict[str, int]:
    """Buyer households by FSA."""
    lot = Lot(Grain.TICKET, replace(cut, by=("fsa",)))
    found = gather(facts, {lot: (HOUSES,)})[lot]
    return {fsa: atoms.count(HOUSES) for (fsa,), atoms in found.items() if fsa != UNKNOWN}


def _asked(cut: Cut) -> frozenset[str] | None:
    wanted = cut.where.get("home_territory")
    return frozenset(wanted) if wanted else None


def _profile(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    """100 × the share of a trait where the audience lives ÷ the same where the households of R live."""
    reached, households, shares = reached_in(facts, cut), facts.households, facts.shares
    if households is None or shares is None:
        return {(trait,): no_data("census") for trait in TRAITS}
    living = reference(reached, households, _asked(cut))
    ours = {fsa: n for fsa, n in reached.items() if fsa in living}
    return {(trait,): _represented(ours, living, shares.get(trait, {})) for trait in TRAITS}


def _represented(reached: Mapping[str, int], living: Mapping[str, int], share: Mapping[str, float]) -> Cell:
    """Of one trait. `reached` and `living` are of the same areas, `share` of all those where it is known."""
    known = [(n, share[fsa]) for fsa, n in living.items() if fsa in share]
    if not known:
        return no_data("census_trait")
    came = [(n, share[fsa]) for fsa, n in reached.items() if fsa in share]
    buyers, homes = sum(n for n, _ in came), sum(n for n, _ in known)
    usual = sum(n * part for n, part in known)
    if not buyers or not usual:
        return no_base()
    return Shown(100 * (sum(n * part for n, part in came) / buyers) / (usual / homes), n=buyers)


def _venues(facts: Facts, cut: Cut) -> Venues:
    own = facts.scope.organization if isinstance(facts.scope, OwnRows) else None
    values = {"organization": own, "first_on": cut.period.first_on, "last_on": min(cut.period.last_on, facts.as_of)}
    return tuple(facts.source.answered(_VENUES, frozenset(values), values))


def _areas(reached: Mapping[str, int], living: Mapping[str, int], facts: Facts, venues: Venues) -> list[Area]:
    """The areas of R that the model may use, by code: 500 households or more, a point, every variable that is kept."""
    census, points, around = facts.census or {}, fsa_points(), _around(venues)
    there = sorted(fsa for fsa, n in living.items() if n >= LEAST_HOUSEHOLDS and fsa in points and fsa in census)
    variables = _variables(census, facts.shares or {})
    known = {fsa: (*(one.get(fsa) for one in variables), *around(points[fsa])) for fsa in there}
    kept = [
        at
        for at in range(len(MODEL_TRAITS) + 3)
        if sum(known[f][at] is not None for f in there) >= LEAST_KNOWN * len(there)
    ]
    return [
        Area(fsa, living[fsa], reached.get(fsa, 0), tuple(values))
        for fsa in there
        if len(values := [value for at in kept if (value := known[fsa][at]) is not None]) == len(kept)
    ]


def _variables(census: Census, shares: Shares) -> list[Mapping[str, float]]:
    """What the census tells the model, each by FSA where it is known: the logarithm of the income, then shares."""
    incomes = {fsa: told[INCOME][0] for fsa, told in census.items() if INCOME in told}
    return [
        {fsa: log(income) for fsa, income in incomes.items() if income > 0},
        *(shares.get(one, {}) for one in MODEL_TRAITS),
    ]


@lru_cache(maxsize=64)
def _around(venues: Venues) -> Callable[[tuple[float, float]], tuple[float, float]]:
    """Of a point: ln(1 + km to the nearest venue), ln(1 + seats offered within 25 km)."""

    @cache
    def of_point(point: tuple[float, float]) -> tuple[float, float]:
        away = [(distance_km(*point, latitude, longitude), seats) for latitude, longitude, seats in venues]
        return log(1 + min(km for km, _ in away)), log(1 + sum(seats for km, seats in away if km <= AROUND_KM))

    return of_point


def model(facts: Facts, cut: Cut) -> Fitted | Cell:
    """What every area of R could be expected to bring, or why nothing may be said of it."""
    return facts.source.once(("model", facts.scope, facts.as_of, replace(cut, by=())), lambda: _model(facts, cut))


def _model(facts: Facts, cut: Cut) -> Fitted | Cell:
    households = facts.households
    if households is None or facts.census is None:
        return no_data("census")
    venues = _venues(facts, cut)
    if not venues:
        return no_data("venue")
    reached = reached_in(facts, cut)
    found = fitted(_areas(reached, reference(reached, households, _asked(cut)), facts, venues))
    if found is None:
        return no_base("areas")
    return found if found.strong else no_base("model")


def _gap(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    found = model(facts, cut)
    if not isinstance(found, Fitted):
        return {(UNKNOWN, bound): found for bound in BOUNDS}
    return {
        (one.area.code, bound): Shown(one.gap_per_thousand(getattr(one, bound)), n=one.area.reached)
        for one in found.expected
        for bound in BOUNDS
    }


def _ceiling(facts: Facts, cut: Cut) -> dict[Key, Cell]:
    found = model(facts, cut)
    if not isinstance(found, Fitted):
        return {(bound,): found for bound in BOUNDS}
    reached = sum(one.area.reached for one in found.expected)
    return {(bound,): Shown(growth_ceiling(found, bound), n=reached) for bound in BOUNDS}


def _growth(rows: Mapping[Key, Atoms], context: Context) -> Cell:
    """Median of the changes in buyers over the last three pairs of closed seasons that follow each other."""
    last = min(context.period.last_on, context.as_of)
    whole = months_before(last, _GROWTH_MONTHS)
    closed = {
        int(season): atoms.count(BUYERS)
        for (season,), atoms in rows.items()
        if season != UNKNOWN
        and season_period(int(season)).first_on >= whole
        and season_period(int(season)).last_on <= last
    }
    pairs = [(closed[season - 1], n) for season, n in sorted(closed.items()) if n and closed.get(season - 1)]
    if not pairs:
        return no_base("seasons")
    changes = [(now - before) / before for before, now in pairs[-PAIRS:]]
    return Shown(quantile(changes, 0.5), n=pairs[-1][1])


_GROWTH_MONTHS: Final = 60

_of_areas: Final = partial(
    Metric,
    counts_in=BUYERS_IN,
    counts_out=Text(
        f"{BUYERS_OUT.fr} Secteurs de moins de 500 ménages.", f"{BUYERS_OUT.en} Areas of fewer than 500 households."
    ),
    grain=Grain.TICKET,
    base=PERSONS_F30,
    window_months=24,
    needs=("buyer", "postal_code", "census"),
    cuts=CUTS - {"fsa"},
)

METRICS: Final = (
    _of_areas(
        id="census_profile_index",
        label=Text("Sur- et sous-représentation", "Over- and under-representation"),
        unit=Unit.INDEX,
        formula=Text(
            "100 × (Σ ménages acheteurs × part du trait ÷ Σ ménages acheteurs) ÷ (Σ ménages × part du trait ÷ Σ ménages), sur les RTA de R où le trait est connu",
            "100 × (Σ buyer households × share of the trait ÷ Σ buyer households) ÷ (Σ households × share of the trait ÷ Σ households), over the FSAs of R where the trait is known",
        ),
        recipe=Solved(_profile, ("census_trait",)),
        source="proposed",
        examples=("prof-1",),
    ),
    _of_areas(
        id="potential_gap",
        label=Text("Écart au potentiel", "Gap to potential"),
        unit=Unit.PER_THOUSAND,
        formula=Text(
            "max(0, attendus − rejoints) pour 1 000 ménages; attendus : régression quasi-Poisson sur le recensement, chaque RTA prédite par les autres; intervalle à 80 % : μ ± 1,28·√(φμ)",
            "max(0, expected − reached) for 1,000 households; expected: quasi-Poisson regression on the census, each FSA predicted from the others; 80% interval: μ ± 1.28·√(φμ)",
        ),
        recipe=Solved(_gap, ("fsa", "bound")),
        source="proposed",
        examples=("np-1",),
    ),
    _of_areas(
        id="growth_ceiling",
        label=Text("Plafond de développement", "Growth ceiling"),
        unit=Unit.RATIO,
        formula=Text(
            "Σ ménages manquants (écart au potentiel) ÷ ménages acheteurs, au milieu et aux bornes à 80 % de chaque RTA",
            "Σ missing households (gap to potential) ÷ buyer households, at the middle and at the 80% bounds of each FSA",
        ),
        recipe=Solved(_ceiling, ("bound",)),
        source="proposed",
        examples=("np-1",),
    ),
    Metric(
        id="buyer_growth",
        label=Text("Croissance des acheteurs", "Growth in buyers"),
        unit=Unit.RATIO,
        formula=Text(
            "Médiane des variations du nombre d'acheteurs d'une saison close à la suivante, 3 dernières paires en 60 mois",
            "Median of changes in the number of buyers from a closed season to the next, last 3 pairs in 60 months",
        ),
        counts_in=BUYERS_IN,
        counts_out=Text(
            f"{BUYERS_OUT.fr} Saisons en cours; saisons sans dépôt et celles qui les suivent.",
            f"{BUYERS_OUT.en} Seasons under way; seasons never deposited and those after them.",
        ),
        recipe=Folded(("season",), (BUYERS,), _growth),
        grain=Grain.TICKET,
        base=PERSONS_F30,
        needs=("buyer",),
        window_months=_GROWTH_MONTHS,
        source="proposed",
        cuts=frozenset({"venue", "venue_region", "discipline", "organization"}),
        examples=("growth-2", "growth-1"),
    ),
)

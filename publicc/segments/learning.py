"""What a training learns from and how: features with their rare levels put together, weights, and the settings."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from publicc.kernel.text import Text
from publicc.releases.patterns import ORGANIZATIONS, PEOPLE, Patterns
from publicc.segments.features import FEATURES, UNORDERED
from publicc.segments.fitting import Design, Floats, Places, design
from publicc.segments.model import Feature, Level

CAP: Final = 0.15
"""No organization weighs more in the training, as far as their number allows."""
RARE: Final = 0.02
SAMPLE: Final = 20_000
"""People drawn to choose the number of profiles when the pool has more; the tables are fitted on everyone."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How hard to look. `draws` of the bootstrap, `starts` of each fit, numbers of profiles to try."""

    draws: int = 50
    starts: int = 50
    candidates: tuple[int, ...] = (4, 5, 6, 7, 8)
    seed: int = 20260101
    smallest: float = 0.04
    largest: float = 0.35


@dataclass(frozen=True, eq=False)
class Material:
    """Patterns of the features of the model: places, weights under the cap, people, people by organization."""

    features: tuple[Feature, ...]
    places: Places
    by_organization: Floats
    weights: Floats

    @property
    def design(self) -> Design:
        """As the fit takes them."""
        return design(self.places, tuple(len(one.levels) for one in self.features))

    @property
    def people(self) -> Floats:
        """People of each pattern."""
        return np.asarray(self.by_organization.sum(axis=1), dtype=np.float64)

    def of(self, by_organization: Floats) -> "Material":
        """The same patterns with other people; patterns that nobody has any more are left out."""
        there = by_organization.sum(axis=1) > 0
        people = by_organization[there]
        return Material(self.features, self.places[there], people, people @ capped(people))

    def drawn(self, seed: int, people: int = SAMPLE) -> "Material":
        """At most so many people, drawn by chance."""
        total = int(self.by_organization.sum())
        if total <= people:
            return self
        chance = np.random.default_rng(seed)
        flat = self.by_organization.reshape(-1)
        told = chance.multinomial(people, flat / flat.sum()).reshape(self.by_organization.shape)
        return self.of(told.astype(np.float64))


def material(patterns: Patterns) -> Material:
    """What the model learns from: levels that too few people or organizations have are put with their neighbours.

    A feature left with one level tells nothing, and is left out.
    """
    by_organization = patterns.people.astype(np.float64)
    features, columns = [], []
    for one in FEATURES:
        at = patterns.traits.index(one.id)
        kept, place = _merged(one, patterns.places[:, at], by_organization)
        if len(kept.levels) > 1:
            features.append(kept)
            columns.append(place)
    places = np.stack(columns, axis=1).astype(np.int8)
    keys, inverse = np.unique(places, axis=0, return_inverse=True)
    people = np.zeros((len(keys), by_organization.shape[1]))
    np.add.at(people, inverse.reshape(-1), by_organization)
    return Material(tuple(features), keys, people, people @ capped(people))


def capped(by_organization: Floats) -> Floats:
    """Weight of a person of each organization, such that none weighs more than the cap in all."""
    sizes = by_organization.sum(axis=0)
    weights = (sizes > 0).astype(np.float64)
    cap = max(CAP, 1.0 / max(1, int((sizes > 0).sum())))
    for _ in range(50):
        told = sizes * weights
        over = told > cap * told.sum() * (1 + 1e-9)
        if not over.any():
            break
        rest = told[~over].sum()
        each = cap * rest / (1 - cap * over.sum()) if cap * over.sum() < 1 else told[over].min()
        weights[over] = each / sizes[over]
    return np.asarray(weights, dtype=np.float64)


def _merged(one: Feature, places: Places, by_organization: Floats) -> tuple[Feature, Places]:
    levels, place = list(one.levels), places.copy()
    while len(levels) > 1:
        known = by_organization[place >= 0].sum()
        people = [by_organization[place == at] for at in range(len(levels))]
        shares = [rows.sum() / max(known, 1.0) for rows in people]
        rare = [at for at, rows in enumerate(people) if shares[at] < RARE or not stands_on_enough(rows)]
        if not rare:
            break
        at = min(rare, key=lambda i: (shares[i], i))
        into = _neighbour(one, at, shares)
        low, high = sorted((at, into))
        levels[low] = _both(levels[low], levels[high])
        del levels[high]
        place = np.where(place == high, low, np.where(place > high, place - 1, place)).astype(np.int8)
    return replace(one, levels=tuple(levels)), place


def stands_on_enough(rows: Floats) -> bool:
    """Whether enough people of enough organizations stand behind."""
    told = rows.sum(axis=0)
    return bool(told.sum() >= PEOPLE and (told > 0).sum() >= ORGANIZATIONS)


def _neighbour(one: Feature, at: int, shares: list[float]) -> int:
    if one.id in UNORDERED:
        return len(shares) - 1 if at < len(shares) - 1 else at - 1
    beside = [i for i in (at - 1, at + 1) if 0 <= i < len(shares)]
    return min(beside, key=lambda i: shares[i])


def _both(one: Level, other: Level) -> Level:
    label = Text(f"{one.label.fr}, ou {other.label.fr}", f"{one.label.en}, or {other.label.en}")
    return Level(f"{one.code}|{other.code}", label, (*one.codes, *other.codes))

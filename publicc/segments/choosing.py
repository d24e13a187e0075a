"""How many profiles: the number whose solution comes back whatever people are drawn and whoever leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from publicc.kernel.errors import BadInput
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text
from publicc.segments.fitting import Fit, adjusted_rand, bic, fit
from publicc.segments.learning import Material, Settings

AS_GOOD: Final = 0.05
"""Numbers of profiles whose stability differs by less are as stable as each other."""
PRESENT: Final = 0.02
"""Share of an organization's people from which a profile is present there."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """One number of profiles, its solution and the evidence for it. ARI: adjusted Rand index, 1 = the same."""

    solution: Fit
    bic: float
    bootstrap: tuple[float, ...]
    without_one: tuple[float, ...]
    """Against the solution of everyone, when one organization's people are left out."""
    sizes: tuple[float, ...]
    presence: float
    """Share of organizations where every profile is present, on average over profiles."""

    @property
    def k(self) -> int:
        """Number of profiles."""
        return self.solution.k

    def fits(self, settings: Settings) -> bool:
        """Whether no profile is too small nor too large."""
        return min(self.sizes) >= settings.smallest and max(self.sizes) <= settings.largest

    def told(self) -> dict[str, Any]:
        """As the model file keeps it."""
        return {
            "k": self.k,
            "bic": round(self.bic),
            "likelihood": self.solution.likelihood,
            "near_best": self.solution.near,
            "bootstrap": {
                "mean": float(np.mean(self.bootstrap)),
                "min": min(self.bootstrap),
                "draws": len(self.bootstrap),
            },
            "without_one": {"mean": float(np.mean(self.without_one)), "min": min(self.without_one)},
            "sizes": list(self.sizes),
            "presence": self.presence,
        }


def tried(of: Material, settings: Settings, progress: Progress = SILENT) -> tuple[Candidate, ...]:
    """Every number of profiles, with its evidence."""
    found = []
    for at, k in enumerate(settings.candidates):
        progress.step(Text(f"Essai de {k} profils", f"Trying {k} profiles"), at, len(settings.candidates))
        found.append(candidate(of, k, settings))
    return tuple(found)


def candidate(of: Material, k: int, settings: Settings) -> Candidate:
    """One number of profiles: its best solution, fitted again on people drawn again, and without each organization."""
    made, weights, people = of.design, of.weights, of.people
    whole = fit(made, weights, k, starts=settings.starts, seed=settings.seed)
    classes = whole.classes(made)
    chance = np.random.default_rng(settings.seed + k)
    total = int(people.sum())
    bootstrap = []
    for draw in range(settings.draws):
        again = chance.multinomial(total, weights / weights.sum()).astype(np.float64)
        other = fit(made, again, k, starts=settings.starts, seed=settings.seed + draw + 1)
        bootstrap.append(adjusted_rand(classes, other.classes(made), people))
    without = []
    for organization in range(of.by_organization.shape[1]):
        left = of.by_organization.copy()
        left[:, organization] = 0
        rest = of.of(left)
        other = fit(rest.design, rest.weights, k, starts=settings.starts, seed=settings.seed + organization)
        without.append(adjusted_rand(classes, other.classes(made), people))
    sizes = np.bincount(classes, weights=people, minlength=k) / people.sum()
    return Candidate(
        whole, bic(made, whole, float(people.sum())), tuple(bootstrap), tuple(without),
        tuple(float(one) for one in sizes), _presence(of, classes, k),
    )  # fmt: skip


def chosen(candidates: Sequence[Candidate], settings: Settings) -> Candidate:
    """Among those of decent sizes: the most stable when people are drawn again, then without each organization.

    Of those as stable, the one that tells people apart best (BIC). Raises BadInput when none has decent sizes.
    """
    fitting = [one for one in candidates if one.fits(settings)]
    if not fitting:
        raise BadInput(
            Text("Aucun nombre de profils ne tient.", "No number of profiles holds."),
            found=Text(
                "À chaque essai, un profil compte moins de {low} % ou plus de {high} % des gens.",
                "Each time, a profile has under {low}% or over {high}% of people.",
            ).filled(low=round(100 * settings.smallest), high=round(100 * settings.largest)),
            do=Text(
                "Attendre plus de données, ou essayer d'autres nombres.", "Wait for more data, or try other numbers."
            ),
        )
    best = max(min(one.bootstrap) for one in fitting)
    stable = [one for one in fitting if min(one.bootstrap) >= best - AS_GOOD]
    steady = max(min(one.without_one) for one in stable)
    return min((one for one in stable if min(one.without_one) >= steady - AS_GOOD), key=lambda one: one.bic)


def _presence(of: Material, classes: np.typing.NDArray[np.int64], k: int) -> float:
    told = np.zeros((k, of.by_organization.shape[1]))
    np.add.at(told, classes, of.by_organization)
    shares = told / np.maximum(told.sum(axis=0), 1)
    return float((shares[:, told.sum(axis=0) > 0] >= PRESENT).mean())

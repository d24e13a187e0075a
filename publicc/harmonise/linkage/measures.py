"""How good a grouping is against the truth: pairs, groups, B-cubed. Misses of blocking are counted."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Share found that is right, share of what is right that was found; 1 when nothing is to find."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_json(self) -> dict[str, float]:
        """Rounded to six decimals."""
        return {"precision": round(self.precision, 6), "recall": round(self.recall, 6), "f1": round(self.f1, 6)}


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one grouping."""

    pairs: Agreement
    groups: Agreement
    """Groups that are exactly right."""
    b_cubed: Agreement
    largest_false_group: int
    """Rows of the largest group that mixes persons; 0 when none does."""

    def as_json(self) -> dict[str, object]:
        """For machines."""
        return {
            "pairwise": self.pairs.as_json(),
            "cluster": self.groups.as_json(),
            "b_cubed": self.b_cubed.as_json(),
            "largest_false_group": self.largest_false_group,
        }


def measures(found: Sequence[Hashable], truth: Sequence[Hashable]) -> Measures:
    """Compare the group found for each row with its true group."""
    by_found, by_truth = Counter(found), Counter(truth)
    both = Counter(zip(found, truth, strict=True))
    right = sum(_pairs(n) for n in both.values())
    exact = sum(n == by_found[f] == by_truth[t] for (f, t), n in both.items())
    rows = max(len(found), 1)
    mixed = {f for (f, _), n in both.items() if n != by_found[f]}
    return Measures(
        pairs=Agreement(
            _share(right, sum(map(_pairs, by_found.values()))), _share(right, sum(map(_pairs, by_truth.values())))
        ),
        groups=Agreement(_share(exact, len(by_found)), _share(exact, len(by_truth))),
        b_cubed=Agreement(
            sum(n * n / by_found[f] for (f, _), n in both.items()) / rows if found else 1.0,
            sum(n * n / by_truth[t] for (_, t), n in both.items()) / rows if found else 1.0,
        ),
        largest_false_group=max((by_found[f] for f in mixed), default=0),
    )


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0

"""Counting attacks: how many were tried, and how many succeeded. A release goes out with every success at zero."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Success:
    """One attack that worked: what it found, and by whom (None: an outsider). Never leaves the process."""

    target: int
    attacker: int | None


@dataclass(frozen=True, slots=True)
class Attempts:
    """The tally of one audit."""

    run: int = 0
    exact: int = 0
    """Values found exactly."""
    within: int = 0
    """Values found within the protection interval, the exact ones included."""
    successes: tuple[Success, ...] = field(default=(), repr=False)

    def __add__(self, other: "Attempts") -> "Attempts":
        """Both tallies together."""
        return Attempts(
            self.run + other.run,
            self.exact + other.exact,
            self.within + other.within,
            self.successes + other.successes,
        )

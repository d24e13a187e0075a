"""The pool as one show may be told of: opened here, for the time of one question, and never handed on."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from publicc.disclosure.policy import PersonRules
from publicc.releases.show_profiles import ShownProfile, show_profiles
from publicc.releases.shows import (
    Overlap,
    Run,
    ShowAudience,
    Under,
    may_replace,
    may_stand_beside,
    overlap_of_runs,
    overlap_with,
    show_audience,
)
from publicc.releases.units import snapshot_facts


@dataclass(frozen=True, slots=True)
class ShowsPool:
    """A snapshot, the organizations whose buyers may be recognised in it, and the rules of the day."""

    folder: Path
    circle: frozenset[str]
    """Organizations that allow linkage today."""
    as_of: date
    rules: PersonRules

    def audience(self, run: Run) -> ShowAudience:
        """Who came to a run."""
        with snapshot_facts(self.folder, self.circle | {run.owner}) as connection:
            return show_audience(connection, run, Under(self.as_of, self.rules))

    def profiles(self, run: Run, file: Path) -> tuple[ShownProfile, ...]:
        """Which profiles came to a run. `file`: those of its owner (`store.profiles`)."""
        with snapshot_facts(self.folder, self.circle | {run.owner}) as connection:
            return show_profiles(connection, file, run, Under(self.as_of, self.rules))

    def may_replace(self, before: Run, after: Run) -> bool:
        """Whether what is told of one run may follow what was read of another."""
        with snapshot_facts(self.folder, frozenset({before.owner, after.owner})) as connection:
            return may_replace(connection, before, after, Under(self.as_of, self.rules))

    def may_stand_beside(self, one: Run, other: Run) -> bool:
        """Whether what is told of two runs of one owner may both be read."""
        with snapshot_facts(self.folder, frozenset({one.owner})) as connection:
            return may_stand_beside(connection, one, other, Under(self.as_of, self.rules))

    def links(self, *slugs: str) -> bool:
        """Whether all of these organizations allow linkage."""
        return self.circle.issuperset(slugs)

    def overlap(self, first: Run, second: Run) -> Overlap:
        """Buyers that two runs share."""
        with snapshot_facts(self.folder, frozenset({first.owner, second.owner})) as connection:
            return overlap_of_runs(connection, first, second, Under(self.as_of, self.rules))

    def overlap_with(self, run: Run, organization: str) -> Overlap:
        """Buyers that a run shares with an organization."""
        with snapshot_facts(self.folder, frozenset({run.owner, organization})) as connection:
            return overlap_with(connection, run, organization, Under(self.as_of, self.rules))

"""Which entry each label is taken to be, and which entries must be made: pure, so that the same labels plan the same.

Entries and the labels somebody settled stand among the labels to place; groups are made of all of them together.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from publicc.directory.common import SeenShow, SeenVenue
from publicc.directory.recognition.house import House
from publicc.directory.recognition.marks import lift
from publicc.directory.recognition.reading import read_title
from publicc.directory.recognition.scoring import family_factor, likeness
from publicc.directory.recognition.shows import Label, group_titles, habits_of
from publicc.directory.recognition.venues import Spot, group_places, place_likeness
from publicc.kernel.vocabulary import Discipline


@dataclass(frozen=True, slots=True)
class Known:
    """A name that leads to an entry: the entry's own (`organization` empty) or a settled label."""

    entry: int
    name: str
    organization: str = ""
    discipline: Discipline = Discipline.UNKNOWN
    municipality: str = ""
    fsa: str = ""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to make: its name, the labels (places in the list given) that lead to it, and how surely each does."""

    name: str
    discipline: Discipline
    municipality: str
    labels: tuple[int, ...]
    confidences: tuple[float, ...]


@dataclass(slots=True)
class Plan:
    """`placed`: label → (entry, confidence); `made`: entries to make. A label in neither has nothing to suggest."""

    placed: dict[int, tuple[int, float]] = field(default_factory=dict)
    made: list[NewEntry] = field(default_factory=list)


def plan_shows(seen: Sequence[SeenShow], known: Sequence[Known]) -> Plan:
    """Place the titles of shows among the known ones."""
    labels = [Label(one.name, one.organization, one.discipline) for one in known]
    labels += [Label(one.text, one.organization, one.discipline) for one in seen]
    found = group_titles(labels)
    houses = habits_of(labels)

    def confidence(label: int, entry: int) -> float:
        one, other = labels[len(known) + label], labels[entry]
        score = likeness(
            read_title(one.title, houses[one.organization]), read_title(other.title, houses[other.organization])
        )
        return score * family_factor(one.discipline, other.discipline)

    plan = _place(found.group_of, found.doubts, known, len(seen), confidence)
    alone = _alone(plan, found.group_of[len(known) :], [one.text for one in seen])
    plan.made = [_new_show([seen[number] for number in numbers], numbers, houses) for numbers in alone]
    return plan


def plan_venues(seen: Sequence[SeenVenue], known: Sequence[Known]) -> Plan:
    """Place the names of venues among the known ones."""
    spots = [Spot(one.name, one.organization, one.municipality or None, one.fsa or None) for one in known]
    spots += [Spot(one.text, one.organization, one.municipality or None, one.fsa or None) for one in seen]
    found = group_places(spots)

    def confidence(label: int, entry: int) -> float:
        return place_likeness(spots[len(known) + label], spots[entry]).score

    plan = _place(found.venue_of, found.doubts, known, len(seen), confidence)
    alone = _alone(plan, found.venue_of[len(known) :], [one.text for one in seen])
    plan.made = [_new_venue([seen[number] for number in numbers], numbers) for numbers in alone]
    return plan


def _place(  # noqa: PLR0917 - the parts of one grouping
    group_of: Sequence[int],
    doubts: Sequence[tuple[int, int, float]],
    known: Sequence[Known],
    labels: int,
    confidence: Callable[[int, int], float],
) -> Plan:
    plan = Plan()
    anchors: dict[int, list[int]] = {}
    for number in range(len(known)):
        anchors.setdefault(group_of[number], []).append(number)
    for label in range(labels):
        near = anchors.get(group_of[len(known) + label], [])
        if near:
            best = max(near, key=lambda number: (confidence(label, number), -known[number].entry))
            plan.placed[label] = (known[best].entry, round(confidence(label, best), 3))
    sizes = Counter(group_of)
    for one, other, score in sorted(doubts, key=lambda doubt: (-doubt[2], doubt[0], doubt[1])):
        place, label = min(one, other), max(one, other) - len(known)
        if place < len(known) and label >= 0 and sizes[group_of[len(known) + label]] == 1:
            plan.placed.setdefault(label, (known[place].entry, round(score, 3)))
    return plan


def _alone(plan: Plan, group_of: Sequence[int], texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Groups of labels that no entry stands for yet."""
    groups: dict[int, list[int]] = {}
    for label, text in enumerate(texts):
        if label not in plan.placed and text.strip():
            groups.setdefault(group_of[label], []).append(label)
    return [tuple(numbers) for numbers in groups.values()]


def _new_show(labels: Sequence[SeenShow], numbers: tuple[int, ...], houses: Mapping[str, House]) -> NewEntry:
    told = Counter(one.discipline.value for one in labels if one.discipline is not Discipline.UNKNOWN)
    most = max(told, key=lambda value: (told[value], value), default=Discipline.UNKNOWN.value)
    name = common_name([lift(one.text).title for one in labels])
    sure = [likeness(read_title(one.text, houses[one.organization]), read_title(name)) for one in labels]
    return NewEntry(name, Discipline(most), "", numbers, tuple(round(score, 3) for score in sure))


def _new_venue(labels: Sequence[SeenVenue], numbers: tuple[int, ...]) -> NewEntry:
    towns = sorted({one.municipality for one in labels if one.municipality})
    name, town = common_name([one.text for one in labels]), towns[0] if towns else ""
    there = Spot(name, "", town or None)
    sure = [place_likeness(Spot(one.text, "", one.municipality or None), there).score for one in labels]
    confidences = tuple(score if len(labels) > 1 else 1.0 for score in sure)
    return NewEntry(name, Discipline.UNKNOWN, town, numbers, confidences)


def common_name(names: Sequence[str]) -> str:
    """The name most often written, one in capitals only when there is no other; the shortest, then the first."""
    told: Mapping[str, int] = Counter(" ".join(name.split()) for name in names)
    return min(told, key=lambda name: (name.isupper(), -told[name], len(name), name))

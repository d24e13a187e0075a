"""Recognition of shows on the titles of the demonstration, whose truth is known: what each title was made from."""

from dataclasses import dataclass
from itertools import combinations

from publicc.demo.chance import Chance
from publicc.demo.organizations import PLANS
from publicc.demo.seasons import DISCIPLINES, programme
from publicc.demo.tables import written_titles
from publicc.demo.titles import TOURING_SHOW
from publicc.directory.recognition.shows import Label, group_titles


@dataclass(frozen=True)
class Planted:
    label: Label
    show: str


def planted() -> list[Planted]:
    found: dict[Planted, None] = {}
    for plan in PLANS:
        played = programme(Chance(1), plan, 1.0)
        for i, title in enumerate(written_titles(plan, played)):
            label = Label(str(title), plan.slug, DISCIPLINES[int(played.discipline[i])])
            found[Planted(label, str(played.titles[int(played.show[i])]))] = None
    return list(found)


def test_planted_shows_are_recognised_across_organizations() -> None:
    """One show: what one title was made from, in one discipline. Two houses that give one title to two disciplines by
    chance are not counted: nobody could tell from the titles."""
    titles = planted()
    group_of = group_titles([one.label for one in titles]).group_of
    said = true = right = 0
    for a, b in combinations(range(len(titles)), 2):
        one, other = titles[a], titles[b]
        same = one.show == other.show
        if same and one.label.discipline is not other.label.discipline:
            continue
        joined = group_of[a] == group_of[b]
        said, true, right = said + joined, true + same, right + (same and joined)
    assert true > 150
    assert right / said >= 0.98
    assert right / true >= 0.92


def test_the_touring_show_is_one_for_all_its_presenters() -> None:
    titles = planted()
    group_of = group_titles([one.label for one in titles]).group_of
    touring = [number for number, one in enumerate(titles) if one.show == TOURING_SHOW]
    assert len({titles[number].label.organization for number in touring}) == 3
    assert len({group_of[number] for number in touring}) == 1

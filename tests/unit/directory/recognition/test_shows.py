"""The show behind titles of several organizations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publicc.directory.recognition.house import habits
from publicc.directory.recognition.reading import read_title
from publicc.directory.recognition.scoring import DOUBTFUL, SURE, likeness
from publicc.directory.recognition.shows import Label, group_titles, match_titles
from publicc.kernel.vocabulary import Discipline


def sure(one: str, other: str) -> float:
    score = likeness(read_title(one), read_title(other))
    assert score == likeness(read_title(other), read_title(one))
    return score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ROMÉO ET JULIETTE – supplémentaire", "Roméo & Juliette (première)"),
        ("ROMÉO ET JULIETTE – supplémentaire", "Romeo and Juliet"),
        ("Le Lac des cygnes", "SWAN LAKE - Sold out"),
        ("Compagnie du Nord présente Hamlet", "Hamlet"),
        ("Ballet du Nord : La Belle au bois dormant", "The Sleeping Beauty"),
        ("Aimée Tremblay's The Long Night", "The Long Night"),
        ("Electric Eels – A Tribute to The Eels", "Electric Eels"),
        ("Green Magic, the Authentic Tribute to Green", "Green Magic: The Authentic Tribute to Green"),
        ("Into the Forest – Au cœur de la forêt", "Au cœur de la forêt"),
        ("The Long Night of Stars with Jo Bloggs", "The Long Night of Stars"),
        ("The Debating Hour Live", "The Debating Hour"),
        ("Y'était grand temps", "Yétait grand temps!"),
        ("Les Belles Histoirs de grand-mère", "Les belles histoires de grand-mère"),
        ("All-Nite Marathon of Laughter", "All Night Marathon of Laughter"),
        ("Metropolis (1927)", "Metropolis"),
        ("2017 Nominated Short Plays: Comedy", "The Nominated Short Plays 2017: Comedy"),
    ],
)
def test_one_show_is_recognised(one: str, other: str) -> None:
    assert sure(one, other) >= SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Roméo et Juliette", "Juliette et Roméo"),
        ("La Marée du soir", "La Marée du nord"),
        ("Norman", "Norman Foote"),
        ("The Two Rivers, Part One", "The Two Rivers, Part Two"),
        ("Metropolis (1927)", "Metropolis (2001)"),
        ("Macbeth 2000", "Macbeth 2008"),
        ("Macbeth", "Macbeth 2008"),
        ("Concert 1", "Concert 2"),
        ("Violon (5-8 ans)", "Violon (9-12 ans)"),
        ("Opera Primer: Tosca", "Tosca"),
        ("Festival du Nord : Amère", "Festival du Nord : Fauve"),
        ("City Philharmonic with Ada Lovelace", "City Philharmonic with Ben Nevis"),
        ("Gone with the Wind", "Gone"),
        ("Marie Lavoie : En rodage", "Louis Roy : En rodage"),
        ("", ""),
        ("", "Hamlet"),
    ],
)
def test_two_shows_stay_apart(one: str, other: str) -> None:
    assert sure(one, other) < SURE


@pytest.mark.parametrize(
    ("one", "other"), [("Juliette et Roméo", "Roméo et Juliette"), ("A Northern Tale", "A Northern Tale The Musical")]
)
def test_a_person_is_asked_about_what_titles_alone_do_not_settle(one: str, other: str) -> None:
    assert DOUBTFUL <= sure(one, other) < SURE


def test_a_film_is_never_the_stage_show_of_its_title() -> None:
    film = Label("The Phantom", "cinema", Discipline.CINEMA)
    stage = Label("The Phantom", "theatre", Discipline.MUSICAL)
    assert group_titles([film, stage]).group_of == (0, 1)
    assert match_titles([film], [stage]) == [None]


def test_one_title_under_two_unlike_disciplines_is_asked_about() -> None:
    found = group_titles([Label("Echo", "a", Discipline.CLASSICAL_MUSIC), Label("Echo", "b", Discipline.DANCE)])
    assert found.group_of == (0, 1)
    assert [(a, b) for a, b, _ in found.doubts] == [(0, 1)]


def test_disciplines_that_one_show_may_have_do_not_part_it() -> None:
    found = group_titles([Label("Echo", "a", Discipline.CIRCUS), Label("ECHO", "b", Discipline.UNKNOWN)])
    assert found.group_of == (0, 0)


def test_what_a_house_writes_around_many_titles_is_no_part_of_them() -> None:
    house = habits(["SPOTLIGHT: Winter", "SPOTLIGHT: Harp", "SPOTLIGHT: Ebony", "Talk: A", "Talk: B", "Talk: C"])
    assert house.heads == {"spotlight"}
    assert habits(["Mozart (CLE)", "Haydn (CLE)", "Bach (CLE)", "Bach (KCT)"]).brackets == {"cle"}
    found = group_titles(
        [*[Label(f"SPOTLIGHT: {x}", "port") for x in ("Winter", "Harp", "Ebony")], Label("Harp", "sid")]
    )
    assert found.group_of == (0, 1, 2, 1)


def test_groups_are_no_chains() -> None:
    """The series is like each of its evenings, which are not alike: none is joined through another."""
    titles = ["Le Fleuve", "Le Fleuve (2e partie)", "Le Fleuve (3e partie)"]
    assert group_titles([Label(title, "a") for title in titles]).group_of == (0, 1, 2)
    bilingual = ["Into the Forest – Au cœur de la forêt", "Into the Forest", "Au cœur de la forêt"]
    groups = group_titles([Label(title, str(n)) for n, title in enumerate(bilingual)]).group_of
    assert groups[1] != groups[2]


def test_a_new_title_is_matched_to_the_likeliest_known_show() -> None:
    known = [Label("Roméo et Juliette"), Label("La Marée du soir"), Label("Hamlet")]
    found = match_titles([Label("ROMEO & JULIETTE - complet"), Label("Marée haute"), Label("")], known)
    assert found[0] is not None
    assert (found[0].known, found[0].sure) == (0, True)
    assert found[1:] == [None, None]


def test_two_known_shows_of_one_title_are_not_chosen_between() -> None:
    known = [Label("Echo", "a", Discipline.CLASSICAL_MUSIC), Label("Echo", "b", Discipline.DANCE)]
    (found,) = match_titles([Label("Echo", "c")], known)
    assert found is not None
    assert not found.sure


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["Hamlet", "HAMLET - extra", "Hamlet 2", "Le Fleuve", "Fleuve (première)", "X: Le Fleuve", ""]),
        max_size=7,
    )
)
def test_groups_do_not_depend_on_the_order_of_titles(titles: list[str]) -> None:
    labels = [Label(title, str(n % 3)) for n, title in enumerate(titles)]
    forward = group_titles(labels).group_of
    backward = group_titles(labels[::-1]).group_of[::-1]
    pairs = [(a, b) for a in range(len(labels)) for b in range(a)]
    assert all((forward[a] == forward[b]) == (backward[a] == backward[b]) for a, b in pairs)


@settings(max_examples=100)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_titles_have_a_score(one: str, other: str) -> None:
    assert 0.0 <= sure(one, other) <= 1.0

"""What answers say, which are doubted, and which words come back."""

import numpy as np

from publicc.kernel.text import Text
from publicc.surveys.bank import assembled, bank_questions
from publicc.surveys.definition import Choice, Kind, Question
from publicc.surveys.results.doubts import Answered, counted, doubts
from publicc.surveys.results.tables import attitudes, result_of
from publicc.surveys.results.words import masked, terms
from publicc.surveys.states import Suspicion

CORE = assembled(Text("a", "a")).questions
AGREE = tuple(Choice(str(n), Text(str(n), str(n))) for n in range(1, 6))
GRID = Question("own.g.v1", Kind.GRID, Text("g", "g"), choices=AGREE, rows=AGREE)


def people(*answers: dict[str, object], **more: object) -> list[Answered]:
    return [Answered(at, dict(said), 1, None, "2026-11-20", **more) for at, said in enumerate(answers)]  # type: ignore[arg-type]


def test_a_share_counts_those_who_answered_and_tells_the_others_apart() -> None:
    said = people(*[{"core.age.v1": "15-24"}] * 6, *[{"core.age.v1": "75+"}] * 2, {"core.age.v1": "refused"}, {})
    (found,) = result_of(bank_questions()["core.age.v1"], said, np.ones(10))
    assert (found.asked, found.answered, found.declined) == (10, 8, 1)
    assert found.rows[0].share.value == 0.75
    assert found.is_hidden


def test_several_choices_may_add_up_to_more_than_everyone() -> None:
    said = people(*[{"core.motive.v1": ["artist", "other"]}] * 10)
    (found,) = result_of(bank_questions()["core.motive.v1"], said, np.ones(10))
    assert {row.value: row.share.value for row in found.rows if row.count} == {"artist": 1.0, "other": 1.0}


def test_weights_change_shares_and_not_counts() -> None:
    said = people({"core.first.v1": "first"}, {"core.first.v1": "often"})
    (found,) = result_of(bank_questions()["core.first.v1"], said, np.array([3.0, 1.0]))
    first = found.rows[0]
    assert (first.count, first.plain, first.share.value) == (1, 0.5, 0.75)


def test_recommendation_a_grid_a_number_and_a_place() -> None:
    nps = result_of(
        bank_questions()["core.nps.v1"], people(*[{"core.nps.v1": n} for n in (10, 9, 9, 8, 7, 5)]), np.ones(6)
    )
    assert round(nps[0].headline.value) == 33  # type: ignore[union-attr]
    grid = result_of(GRID, people({"own.g.v1": {"1": "5"}}), np.ones(1))
    assert [one.answered for one in grid] == [1, 0, 0, 0, 0]
    minutes = result_of(bank_questions()["mod.travel.minutes.v1"], people({"mod.travel.minutes.v1": 40}), np.ones(1))
    assert minutes[0].headline.value == 40  # type: ignore[union-attr]
    places = result_of(bank_questions()["core.place.v1"], people(*[{"core.place.v1": one} for one in ("H2X", "H2X", "G1R")]), np.ones(3))  # fmt: skip # noqa: E501
    assert [row.value for row in places[0].rows] == ["H2X", "G1R"]


def test_interest_and_attendance_are_read_together() -> None:
    cells = [("much", "yes"), ("some", "no"), ("none", "yes"), ("dontknow", "dontknow"), ("little", "no")]
    said = people(*({"mod.nonpublic.appeal.v1": a, "mod.nonpublic.attended.v1": b} for a, b in cells), {})
    found = attitudes(said, np.ones(6))
    assert found is not None
    assert {row.value: row.count for row in found.rows} == {
        "interested": 1, "potential": 1, "sceptical": 1, "indifferent": 2,
    }  # fmt: skip
    assert attitudes(people({}), np.ones(1)) is None


def test_who_answers_three_times_faster_than_others_is_doubted() -> None:
    slow = [Answered(at, {"core.nps.v1": 8}, 1, None, "d", seconds=90) for at in range(20)]
    fast = Answered(99, {"core.nps.v1": 8}, 1, None, "d", seconds=20)
    assert doubts([*slow, fast], CORE)[99] == {Suspicion.FAST}
    assert doubts([*slow[:10], fast], CORE)[99] == frozenset()


def test_the_same_extreme_answer_to_five_statements_is_doubted() -> None:
    def said(value: str) -> frozenset[Suspicion]:
        (one,) = people({"own.g.v1": {str(n): value for n in range(1, 6)}})
        return doubts([one], [GRID])[one.id]

    assert said("5") == {Suspicion.STRAIGHT}
    assert said("3") == frozenset()


def test_twins_of_the_same_day_are_doubted_but_the_first() -> None:
    same: dict[str, object] = {f"q{n}": n for n in range(8)}
    found = doubts(people(same, same, {"q1": 1}, {"q1": 1}), [])
    assert [Suspicion.TWIN in marks for marks in found.values()] == [False, True, False, False]


def test_a_doubted_response_counts_once_its_owner_says_so() -> None:
    kept = [
        Answered(at, {"a": 1}, 1, None, "d", marks=("TRAP",), is_kept=said)
        for at, said in enumerate((None, True, False))
    ]
    assert [one.id for one in counted(kept, doubts(kept, []))] == [1]


def test_what_names_a_person_is_masked() -> None:
    told = masked("Écrire à ada@exemple.ca ou 514 555-1212, Mme Roy du H2X 1Y4, @ada_roy, https://a.example/x 👍")
    for trace in ("ada", "555", "Roy", "H2X", "a.example"):
        assert trace not in told
    assert "👍" in told


def test_the_words_that_come_back_are_counted_once_a_comment_whatever_their_accents() -> None:
    said = ["Le décor est superbe, superbe décor", "Décors superbes", "The sound was too loud", "décor", "sound ok"]
    assert terms(said) == [("décor", 3), ("sound", 2), ("superbe", 2)]
    assert terms([]) == []


def test_where_most_are_programs_under_a_second_an_answer_is_too_fast() -> None:
    said = {f"q{n}": n for n in range(9)}
    bots = [Answered(at, said, 1, None, f"2026-11-{at % 20 + 1:02}", seconds=2) for at in range(60)]
    person = Answered(99, said, 1, None, "2026-11-21", seconds=70)
    found = doubts([*bots, person], [])
    assert all(Suspicion.FAST in found[at] for at in range(60))
    assert found[99] == frozenset()


def test_a_day_like_no_other_of_its_link_is_set_apart_and_a_first_mailing_is_not() -> None:
    def day(number: int, count: int, link: int) -> list[Answered]:
        at = (link * 100 + number) * 10_000
        return [Answered(at + n, {"q": n}, 1, link, f"2026-11-{number:02}", seconds=90) for n in range(count)]

    usual = [one for number in range(1, 9) for one in day(number, 30, 1)]
    flood, mailing = day(20, 300, 1), day(20, 900, 2)
    found = doubts([*usual, *flood, *mailing], [])
    assert {one.id for one in flood} == {name for name, marks in found.items() if Suspicion.FLOOD in marks}
    busy = doubts([*usual, *day(20, 150, 1)], [])
    assert not any(Suspicion.FLOOD in marks for marks in busy.values())

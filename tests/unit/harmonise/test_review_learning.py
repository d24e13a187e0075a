"""What answers teach: adopted only when it is better on answers it never saw."""

import numpy as np
import pytest

from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.compare import decoded, radices, steps_of
from publicc.harmonise.linkage.model import RARITY_STEPS
from publicc.harmonise.linkage.train import Trained
from publicc.harmonise.review.evidence import Degree, Evidence, FieldEvidence
from publicc.harmonise.review.learning import ENOUGH, Card, Lesson, Teacher

RNG = np.random.default_rng(7)
PATTERNS = np.unique(
    sum(
        RNG.integers(0, len(steps_of(comparison)), 400) * radix
        for comparison, radix in zip(CANADA.comparisons, radices(CANADA), strict=True)
    )
)


def trained(chance: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Trained:
    """A model that gives each pattern this chance of one person."""
    posterior = np.column_stack([chance, 1 - chance, np.zeros(len(chance))])
    return Trained((), {}, PATTERNS, np.ones(len(PATTERNS)), posterior, np.zeros(len(PATTERNS), dtype=np.int64), CANADA)


def evidence(at: int) -> Evidence:
    """What a person saw of the pattern at this place."""
    told = []
    for comparison, steps in zip(CANADA.comparisons, decoded(PATTERNS, CANADA), strict=True):
        step = steps_of(comparison)[steps[at]]
        level = step.level.name if step.level else "absent"
        told.append(FieldEvidence(comparison.name, Degree.NEAR, level, step.rarity, 0.0))
    return tuple(told)


def lessons(same: "np.ndarray[tuple[int], np.dtype[np.bool_]]", n: int) -> list[Lesson]:
    """Answers to the first patterns."""
    return [Lesson(evidence(at % len(PATTERNS)), bool(same[at % len(PATTERNS)])) for at in range(n)]


HALF = np.full(len(PATTERNS), 0.5)
SAME_EMAIL = (decoded(PATTERNS, CANADA)[4] >= 1) & (decoded(PATTERNS, CANADA)[4] <= RARITY_STEPS)


def test_what_the_answers_say_in_common_is_learned() -> None:
    teacher = Teacher(lessons(SAME_EMAIL, 350))
    judged = teacher(trained(HALF), CANADA)
    assert teacher.card.adopted
    assert teacher.card.used == 350
    assert (teacher.card.loss_after or 9) < (teacher.card.loss_before or 0)
    assert ((judged > 0.5) == SAME_EMAIL).mean() > 0.9
    assert teacher.correction
    assert (teacher.correction(trained(HALF), CANADA) == judged).all()
    assert Card.of_json(teacher.card.as_json()) == teacher.card


def test_other_lessons_have_another_mark_once_they_are_enough_to_teach() -> None:
    marks = [Teacher(lessons(same, n)).mark for same in (SAME_EMAIL, ~SAME_EMAIL) for n in (ENOUGH - 1, ENOUGH)]
    assert marks[0] == marks[2] == ""
    assert marks[1] != marks[3]


def test_answers_at_random_teach_nothing() -> None:
    teacher = Teacher(lessons(RNG.random(len(PATTERNS)) < 0.5, 350))
    assert (teacher(trained(HALF), CANADA) == HALF).all()
    assert not teacher.card.adopted
    assert teacher.card.loss_after is not None


@pytest.mark.parametrize("n", [0, ENOUGH - 1])
def test_a_few_answers_teach_nothing(n: int) -> None:
    teacher = Teacher(lessons(SAME_EMAIL, n))
    assert (teacher(trained(HALF), CANADA) == HALF).all()
    assert teacher.card.as_json() == {
        "answers": n,
        "used": n,
        "penalty": None,
        "loss_before": None,
        "loss_after": None,
        "adopted": False,
    }


def test_answers_that_all_say_the_same_teach_nothing() -> None:
    teacher = Teacher(lessons(np.ones(len(PATTERNS), dtype=bool), 350))
    assert (teacher(trained(HALF), CANADA) == HALF).all()


def test_what_the_model_is_sure_of_it_keeps() -> None:
    sure = np.where(np.arange(len(PATTERNS)) % 3 == 0, 0.0, np.where(np.arange(len(PATTERNS)) % 3 == 1, 1.0, 0.5))
    judged = Teacher(lessons(SAME_EMAIL, 350))(trained(sure), CANADA)
    assert (judged[sure == 0.0] == 0.0).all()
    assert (judged[sure == 1.0] == 1.0).all()


def test_answers_given_under_another_model_rest() -> None:
    strange = [
        Lesson((FieldEvidence("birth_date", Degree.AGREE, "exact", None, 1.0),), same=True),
        Lesson((FieldEvidence("given_name", Degree.AGREE, "no such level", None, 1.0),), same=True),
    ]
    teacher = Teacher(strange)
    teacher(trained(HALF), CANADA)
    assert (teacher.card.answers, teacher.card.used) == (2, 0)


def test_an_answer_is_found_again_though_its_value_became_more_common() -> None:
    moved = [
        Lesson(
            tuple(
                FieldEvidence(f.field, f.degree, f.level, None if f.rarity is None else (f.rarity + 1) % 22, f.weight)
                for f in lesson.evidence
            ),
            lesson.same,
        )
        for lesson in lessons(SAME_EMAIL, 250)
    ]
    teacher = Teacher(moved)
    teacher(trained(HALF), CANADA)
    assert teacher.card.used == 250


def test_nothing_is_learned_where_nothing_was_compared() -> None:
    empty = trained(HALF)
    none = Trained((), {}, PATTERNS[:0], empty.counts[:0], empty.posterior[:0], empty.strangers_like[:0], CANADA)
    assert len(Teacher(lessons(SAME_EMAIL, 250))(none, CANADA)) == 0

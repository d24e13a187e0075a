"""How figures move with the threshold, as told."""

from pathlib import Path

import pytest

from publicc.harmonise.people import CIRCLE
from publicc.harmonise.review.sensitivity import Trial, changes_json, keep_trials, read_sensitivity
from publicc.harmonise.review.sensitivity_page import sensitivity_page
from publicc.kernel.text import Lang
from publicc.store.home import Home

TRIALS = (
    Trial(0.3, 900, 300, 55),
    Trial(0.45, 990, 210, 50),
    Trial(0.5, 1000, 200, 50),
    Trial(0.55, 1002, 200, 49),
    Trial(0.7, 1100, 150, 25),
)
OWN = tuple(Trial(one.threshold, one.buyers, one.loyal) for one in TRIALS)


def test_an_organization_reads_its_counts_and_the_circle_its_changes_only(tmp_path: Path) -> None:
    home = Home(tmp_path)
    keep_trials(home, {"gone": OWN})
    keep_trials(home, {"opera": OWN, CIRCLE: TRIALS})
    own = read_sensitivity(home, "opera")
    assert own is not None
    assert tuple(Trial.of_json(one) for one in own["trials"]) == OWN
    told = (home.reports / "sensitivity" / f"{CIRCLE}.json").read_text()
    assert "1000" not in told
    assert '"crossing": -0.5' in told
    assert read_sensitivity(home, "gone") is None


@pytest.mark.parametrize(
    ("lang", "said", "row"),
    [
        (
            "fr",
            "au plus 1,0\xa0%, celui des acheteurs fidèles d'au plus 5,0\xa0%",
            ("0,45", "990 (−1,0\xa0%)", "210 (+5,0\xa0%)"),
        ),
        ("en", "by 1.0% at most, that of loyal buyers by 5.0% at most", ("0.45", "990 (−1.0%)", "210 (+5.0%)")),
    ],
)
def test_counts_stand_beside_their_change(lang: Lang, said: str, row: tuple[str, ...]) -> None:
    page = sensitivity_page({"trials": [one.as_json() for one in OWN]}, lang)
    assert said in page.answer
    assert page.rows[1] == row
    assert len(page.headers) == 3


def test_the_circle_is_told_changes() -> None:
    page = sensitivity_page(changes_json(TRIALS), "en")
    assert page.rows[-1] == ("0.70", "+10.0%", "−25.0%", "−50.0%")
    assert page.headers[-1] == "Seen at two organizations"


@pytest.mark.parametrize("counted", [True, False])
def test_no_change_is_told_of_nothing(counted: bool) -> None:
    nothing = [Trial(t, 10, 0, 0) for t in (0.3, 0.5, 0.7)]
    page = sensitivity_page({"trials": [one.as_json() for one in nothing]} if counted else changes_json(nothing), "en")
    assert page.rows[0][2] == ("0 (–)" if counted else "–")


def test_before_any_measure_nothing_is_shown() -> None:
    assert sensitivity_page(None, "fr").rows == ()

"""From a doubt to an answer that every later harmonisation obeys, through vaults and snapshots."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from publicc.harmonise.people import CIRCLE
from publicc.harmonise.review import desk
from publicc.harmonise.review.book import Answer, Pair
from publicc.kernel.errors import NotFound
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import vaults_of
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import ask, ask_vault, run

BELLEROSES = """
    customer_key | first_name | last_name | address    | city  | postal_code | phone
    -------------+------------+-----------+------------+-------+-------------+-------------
    marc         | Marc       | Bellerose | 3 rue Nord | Laval | H7N 1A1     | 450 662 2222
    m            | M          | Bellerose | 3 rue Nord | Laval | H7N 1A1     | -
    marie        | Marie      | Bellerose | 3 rue Nord | Laval | H7N 1A1     | -
    zoe          | Zoé        | Thivierge | 7 rue Sud  | Québec | G1R 4P5    | 418 555 0102
"""
TICKETS = """
    order_key | customer_key | performance_key | ordered_on
    ----------+--------------+-----------------+-----------
    A         | marc         | P1              | 2019-01-03
    B         | marie        | P1              | 2019-01-04
"""


@pytest.fixture
def opera(home: Home) -> Home:
    fill(home, "opera", customers=BELLEROSES, tickets=TICKETS, performances="performance_key|title\nP1|Hamlet")
    run(home)
    return home


def between(home: Home, holder: str, *keys: str) -> Pair:
    """The waiting pair of these two customers."""
    _, pairs = desk.queue(home, KeyRing.open(home), holder, most=9)
    return next(pair for pair in pairs if {pair.left.key, pair.right.key} == set(keys))


def buyers(home: Home) -> int:
    return int(ask(home, "SELECT count(*) FROM persons")[0][0])


def test_an_answer_is_obeyed_by_every_later_harmonisation_until_it_is_undone(opera: Home) -> None:
    ring = KeyRing.open(opera)
    pair = between(opera, "opera", "marc", "marie")
    before = ask(opera, "SELECT buyer_id FROM persons ORDER BY 1")

    desk.answer(opera, ring, "opera", pair.id, Answer.DIFFERENT, by="7")
    given = desk.answers(opera, ring, "opera")
    assert [(one.pair.id, one.answer, one.by) for one in given] == [(pair.id, Answer.DIFFERENT, "7")]
    run(opera, day=3)
    split = buyers(opera)
    assert split > len(before)
    assert pair.id not in [one.id for one in desk.queue(opera, ring, "opera", most=9)[1]]
    assert ask_vault(opera, "opera", "SELECT event FROM id_history WHERE level = 'buyer'") == [("SPLIT",)]

    fill(opera, "opera", deposit=2, customers="customer_key|first_name|last_name\nnew|Ugo|Vézina")
    run(opera, day=4)
    assert buyers(opera) == split + 1

    assert desk.undo(opera, ring, "opera", by="7") == pair.id
    run(opera, day=5)
    assert buyers(opera) == split
    assert ask_vault(opera, "opera", "SELECT event FROM id_history WHERE level = 'buyer' ORDER BY happened_at") == [
        ("SPLIT",),
        ("MERGED",),
    ]


def test_a_steward_sees_what_was_deposited_of_both(opera: Home) -> None:
    ring = KeyRing.open(opera)
    pair = between(opera, "opera", "marc", "marie")
    seen = {one.fields["first_name"]: one for one in desk.identities(opera, ring, "opera", pair)}
    assert set(seen) == {"Marc", "Marie"}
    assert (seen["Marc"].orders, seen["Marc"].first_on, seen["Marc"].fields["phone"]) == (
        1,
        "2019-01-03",
        "450 662 2222",
    )
    assert seen["Marie"].fields["phone"] == ""


def test_the_queue_of_a_vault_holds_no_identity(opera: Home) -> None:
    told = json.dumps(ask_vault(opera, "opera", "SELECT * FROM review_pairs"), default=str)
    assert "marc" in told  # the code, which the fixture made readable
    for identity in ("Bellerose", "rue Nord", "H7N", "662 2222"):
        assert identity not in told


def test_pairs_of_two_organizations_wait_in_a_vault_of_the_circle_and_show_no_one(home: Home) -> None:
    lines = BELLEROSES.strip().splitlines()
    fill(home, "opera", customers="\n".join(lines[:3]))
    fill(home, "ballet", customers="\n".join([lines[0], lines[1], *lines[4:]]))
    run(home, "opera", "ballet", circle=("opera", "ballet"))
    ring = KeyRing.open(home)
    assert vaults_of(home) == ("ballet", "opera")
    assert desk.holders(home, ["opera", "ballet", "gone"]) == ["opera", "ballet", CIRCLE]
    pair = between(home, CIRCLE, "marc", "marie")
    assert {pair.left.organization, pair.right.organization} == {"opera", "ballet"}
    for holder in (CIRCLE, "opera"):
        with pytest.raises(NotFound):
            desk.identities(home, ring, holder, pair)

    shared = "SELECT count(*) - count(DISTINCT person_id) FROM persons"
    before = ask(home, shared)
    desk.answer(home, ring, CIRCLE, pair.id, Answer.SAME, by="hub")
    run(home, "opera", "ballet", circle=("opera", "ballet"), day=3)
    assert ask(home, shared) != before

    run(home, "opera", "ballet", circle=("opera",), day=4)
    counts, pairs = desk.queue(home, ring, CIRCLE)
    assert (counts.waiting, pairs, counts.same) == (0, [], 1)
    assert ask(home, shared) == [(0,)]


def test_nothing_to_review_is_said(home: Home) -> None:
    with pytest.raises(NotFound, match="nothing to review"):
        desk.queue(home, KeyRing.open(home), "opera")


def publicc(home: Home, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "publicc", "review", *arguments],
        env={"PUBLICC_HOME": str(home.root), "PUBLICC_LANG": "en", "PATH": "", "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def test_the_terminal_answers_by_the_evidence_alone(opera: Home, tmp_path: Path) -> None:
    where = ("--organization", "opera")
    listed = json.loads(publicc(opera, "list", *where, "--json"))
    pair = listed["pairs"][0]["pair"]
    assert listed["counts"]["waiting"] == len(listed["pairs"])
    assert "Bellerose" not in json.dumps(listed)
    assert "First name" in publicc(opera, "show", pair, *where)
    publicc(opera, "decide", pair, "same", *where)
    publicc(opera, "export", str(tmp_path / "answers.csv"), *where)
    exported = (tmp_path / "answers.csv").read_text(encoding="utf-8")
    assert f"{pair},SAME," in exported
    assert "marc" not in exported
    assert json.loads(publicc(opera, "undo", *where, "--json")) == {"pair": pair, "answer": None}
    assert "no answer to undo" in publicc(opera, "undo", *where, code=2)
    assert "whose pairs" in publicc(opera, "list", code=2)
    told = json.loads(publicc(opera, "sensitivity", *where, "--json"))["trials"]
    assert [one["threshold"] for one in told] == [0.3, 0.45, 0.5, 0.55, 0.7]
    assert {one["loyal_buyers"] for one in told} == {0}
    assert told[2]["buyers"] == 1
    assert "not measured" in publicc(opera, "sensitivity", "--across", code=2)

import pytest

from publicc.intake.states import AT_WORK, FOLLOWS, DepositState, may_become, steps_of


def test_every_state_says_what_may_follow() -> None:
    assert set(FOLLOWS) == set(DepositState)


def test_every_state_but_the_first_can_be_reached() -> None:
    reached = {state for following in FOLLOWS.values() for state in following}
    assert set(DepositState) - reached == {DepositState.READING}


@pytest.mark.parametrize("state", AT_WORK)
def test_work_always_has_a_way_out(state: DepositState) -> None:
    seen, ahead = set(), {state}
    while ahead - seen:
        here = (ahead - seen).pop()
        seen.add(here)
        ahead |= set(FOLLOWS[here])
    assert any(not FOLLOWS[end] or end is DepositState.ACCEPTED for end in seen)


def test_what_was_abandoned_is_never_received() -> None:
    assert not may_become(DepositState.ABANDONED, DepositState.RECEIVING)
    assert not may_become(DepositState.READING, DepositState.ACCEPTED)


@pytest.mark.parametrize("state", DepositState)
def test_every_state_is_said_in_both_languages(state: DepositState) -> None:
    assert state.label.fr
    assert state.label.en


def test_each_step_of_a_deposit_is_done_here_or_next() -> None:
    assert [mark for _, mark in steps_of(DepositState.RECEIVING)] == ["done", "done", "here", "next", "next"]
    assert [mark for _, mark in steps_of(DepositState.ACCEPTED)] == ["done"] * 5


def test_a_deposit_that_left_the_way_has_no_step() -> None:
    assert steps_of(DepositState.REFUSED) == ()
    assert steps_of(DepositState.UNDOING) == ()

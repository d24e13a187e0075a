"""The hub's console: the check-up, storage and deposits, and no figure of a member."""

from collections.abc import Callable

import pytest
from django.test import Client

from publicc.collective.models import Organization
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.vocabulary import UserRole


@pytest.mark.parametrize(("lang", "said"), [("fr-ca", "Derniers dépôts"), ("en-ca", "Latest deposits")])
def test_the_operator_sees_how_the_installation_is(
    lang: str, said: str, theatre: Organization, seated_as: Callable[[UserRole], Client]
) -> None:
    Deposit.objects.create(organization=theatre, state=DepositState.ABANDONED, octets=2_000_000)
    hub = seated_as(UserRole.OPERATOR)
    hub.cookies["language"] = lang
    answer = hub.get("/hub/console/")
    page = answer.content.decode()
    assert said in page
    assert theatre.name in page
    assert {one.id for one in answer.context["checks"]} >= {"snapshot", "worker", "backup", "disk", "trail", "queue"}


def test_an_auditor_has_no_console(seated_as: Callable[[UserRole], Client]) -> None:
    assert seated_as(UserRole.AUDITOR).get("/hub/console/").status_code == 404

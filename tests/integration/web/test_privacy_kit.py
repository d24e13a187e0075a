"""The privacy kit: registers that tell what is, incidents with their clocks, retention that runs and proves it."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone, translation

from publicc.collective import retention
from publicc.collective.models import Application, Incident, Organization, PersonRequest, RetentionRun, TrailEntry
from publicc.collective.processing import ACTIVITIES
from publicc.collective.purposes import Purpose
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.errors import BadInput
from publicc.kernel.vocabulary import UserRole

CHECKOUT = Path(__file__).parents[3]
FORM = {
    "data": "Courriels", "circumstances": "Envoi au mauvais destinataire", "happened": "le 3 mars",
    "reasoning": "Peu sensible, destinataire connu", "measures": "Rappel du message", "persons": "",
}  # fmt: skip
POOLED = re.compile(
    r"(?:rangées|lignes|portrait commun|mises? en commun|pooled rows|common snapshot)[^.;:|]{0,40}"
    r"(?:anonym(?:e|es|isée?s?|ous|ized|ised)\b)",
    re.IGNORECASE,
)
"""A pooled row that is called anonymous: it still is personal information, and every duty applies."""


def test_each_purpose_has_its_activity_in_the_register_and_no_other() -> None:
    assert [one.purpose for one in ACTIVITIES] == list(Purpose)


@pytest.mark.parametrize(
    "wrong", ["les rangées anonymisées", "lignes mises en commun sont anonymes", "pooled rows are anonymous"]
)
def test_the_rule_of_words_knows_what_it_looks_for(wrong: str) -> None:
    assert POOLED.search(wrong)


def test_pooled_rows_are_never_called_anonymous() -> None:
    read = [*CHECKOUT.glob("publicc/**/*.py"), *CHECKOUT.glob("publicc/**/*.html"), *CHECKOUT.glob("docs/**/*.md")]
    assert len(read) > 500
    found = {str(path.relative_to(CHECKOUT)): POOLED.findall(path.read_text(encoding="utf-8")) for path in read}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_pack_and_the_register_tell_the_installation_as_it_is(
    lang: str, theatre: Organization, member_of: Callable[..., Client], seated_as: Callable[[UserRole], Client]
) -> None:
    own, hub = member_of(theatre, UserRole.STEWARD), seated_as(UserRole.OPERATOR)
    for client in (own, hub):
        client.cookies.load({"django_language": lang})
    with translation.override(lang):
        register = own.get(f"/o/{theatre.slug}/privacy/register.md", HTTP_ACCEPT_LANGUAGE=lang).content.decode()
        pack = hub.get("/hub/privacy/pia.md", HTTP_ACCEPT_LANGUAGE=lang).content.decode()
    allowed = Purpose.OWN_DASHBOARD.label.said(lang)  # type: ignore[arg-type]
    assert f"## {allowed}" in register
    assert f"## {Purpose.LINKAGE.label.said(lang)}" not in register, "what is not allowed is not done"  # type: ignore[arg-type]
    assert re.search(rf"\*\*{allowed}\*\* : 1", pack)
    assert hub.get("/hub/privacy/pia.pdf").content.startswith(b"%PDF")
    assert own.get(f"/o/{theatre.slug}/privacy/register.pdf").content.startswith(b"%PDF")
    assert own.get(f"/o/{theatre.slug}/privacy/register.docx").status_code == 404


def test_an_incident_is_recorded_followed_and_told_only_to_whom_it_concerns(
    theatre: Organization,
    opera: Organization,
    member_of: Callable[..., Client],
    seated_as: Callable[[UserRole], Client],
) -> None:
    hub = seated_as(UserRole.OPERATOR)
    today = timezone.localdate().isoformat()
    assert hub.post("/hub/privacy/", {"known_on": today, "serious": "1"}).status_code == 400
    hub.post("/hub/privacy/", {**FORM, "known_on": today, "serious": "1", "organizations": [theatre.pk]})
    incident = Incident.objects.get()
    address = f"/hub/privacy/incidents/{incident.number}/"
    assert incident.persons is None
    page = hub.get(address).content.decode()
    assert "aviser les organismes, sans délai" in page
    assert "aviser la CAI" in page
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    hub.post(address, {"deed": "CAI_TOLD", "on": tomorrow})
    assert not incident.steps.exists(), "a day to come is no day"
    for deed in ("ORGANIZATIONS_TOLD", "CAI_TOLD", "PERSONS_TOLD"):
        hub.post(address, {"deed": deed, "on": today, "words": "par lettre"})
    assert "Chacun est avisé" in hub.get(address).content.decode()
    assert "Courriels" in hub.get(f"{address}cai.md").content.decode()
    assert hub.get(f"{address}press.md").status_code == 404
    assert hub.get("/hub/privacy/incidents/I1999-001/").status_code == 404
    assert incident.number in member_of(theatre).get(f"/o/{theatre.slug}/privacy/").content.decode()
    assert incident.number not in member_of(opera).get(f"/o/{opera.slug}/privacy/").content.decode()
    assert seated_as(UserRole.AUDITOR).post(address, {"deed": "CLOSED", "on": today}).status_code == 200
    assert incident.steps.count() == 3, "the auditor reads"


@pytest.fixture
def old(theatre: Organization) -> Organization:
    """One thing of each kind the control database keeps too long, and a young one beside it."""
    now, long_ago = timezone.now(), timezone.now() - timedelta(days=800)
    for number, closed in (("2024-001", long_ago), ("2026-001", now)):
        PersonRequest.objects.create(
            organization=theatre, number=number, kind="ACCESS", received_on=closed.date(), verified="ACCOUNT",
            who=b"sealed", marks=["m"], outcome="ANSWERED", closed_at=closed,
        )  # fmt: skip
    for state in ("DECLINED", "RECEIVED"):
        made = Application.objects.create(
            name=state, contact="Ana", email="ana@exemple.ca", speed="POSTAL", seasons=2, state=state,
            policy_url="https://exemple.ca", policy_quote="statistique", need="savoir",
        )  # fmt: skip
        Application.objects.filter(pk=made.pk).update(received_at=long_ago)
    deposit = Deposit.objects.create(organization=theatre, state=DepositState.TO_CONFIRM)
    Deposit.objects.filter(pk=deposit.pk).update(brought_at=now - timedelta(days=8))
    return theatre


def test_the_preview_lists_exactly_what_the_run_removes_and_the_run_proves_it(
    old: Organization, seated_as: Callable[[UserRole], Client]
) -> None:
    before = {one.kept.code: len(one.things) for one in retention.preview(timezone.localdate()) if one.runs}
    assert {code: n for code, n in before.items() if n} == {"uploads": 1, "requests": 1, "applications": 1}
    hub = seated_as(UserRole.OPERATOR)
    assert "Retirer maintenant" in hub.get("/hub/privacy/").content.decode()
    hub.post("/hub/privacy/retention/")
    run = RetentionRun.objects.get()
    assert run.removed == before
    assert not any(one.things for one in retention.preview(timezone.localdate()))
    assert [bytes(one.who) for one in PersonRequest.objects.order_by("number")] == [b"", b"sealed"]
    assert PersonRequest.objects.get(number="2024-001").outcome == "ANSWERED", "how it ended stays"
    assert Application.objects.get().state == "RECEIVED"
    assert Deposit.objects.get().state == DepositState.ABANDONED
    assert TrailEntry.objects.filter(action="run_retention", object_id=str(run.pk)).count() == 1


def test_an_installation_may_keep_for_less_and_never_for_more(tmp_path: Path, settings: LazySettings) -> None:
    file = tmp_path / "own.toml"
    settings.RETENTION_FILE = str(file)
    part = '[snapshots]\ndays = {n}\nwhat = {{ fr = "a", en = "a" }}\ndeed = {{ fr = "b", en = "b" }}\n'
    file.write_text('version = "ours"\n' + part.format(n=10), encoding="utf-8")
    version, kept = retention.schedule()
    assert (version, {one.code: one.days for one in kept}["snapshots"]) == ("ours", 10)
    for wrong in ('version = "ours"\n' + part.format(n=36), "version =", part.format(n=3)):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(BadInput):
            retention.schedule()

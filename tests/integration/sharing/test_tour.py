"""A tour: a producer asks three presenters; one grants all, one declines, one grants part and revokes."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core import mail
from django.test import Client
from django.utils import timezone

from publicc.collective.agreements import withdraw
from publicc.collective.models import Organization, TrailEntry
from publicc.collective.purposes import Purpose
from publicc.directory.models import Entry
from publicc.disclosure.seal import Signer
from publicc.kernel.cells import Shown, Withheld
from publicc.kernel.errors import BadInput, BadUsage, NotAllowed, NotFound
from publicc.kernel.period import season_period
from publicc.kernel.vocabulary import UserRole
from publicc.releases.audit import audit_release
from publicc.releases.build import build_release
from publicc.releases.facts import granted_within
from publicc.sharing.daily import recall, warn
from publicc.sharing.deciding import Decision, decline_request, grant_request, own_shows, revoke_grant
from publicc.sharing.models import ShowRequest, Standing, Told
from publicc.sharing.openings import grants_to, state_of, terms_of
from publicc.sharing.partner import SharedShow, shared_show
from publicc.sharing.requesting import Wish, ask, remind, withdraw_request
from publicc.sharing.screen import shared_screen
from publicc.sharing.standing import end_standing, make_standing
from publicc.sharing.states import Figures, Reason, RequestState
from publicc.sharing.told import audience_cells, cell_read
from publicc.store.home import Home
from tests.integration.sharing.tour import AS_OF, BUYERS, PRESENTERS, draw_tour

People = Callable[..., tuple]
Browsers = Callable[..., Client]
SOON = timezone.localdate() + timedelta(days=300)


def asked(person: People, tour: Entry, *slugs: str, asker: str = "compagnie", **more: object) -> dict[str, ShowRequest]:
    who, by = person(asker, UserRole.PARTNER if asker == "compagnie" else UserRole.DIRECTOR)
    wish = Wish(**({"figures": frozenset(Figures), "why": "La prochaine tournée.", "until": SOON} | more))
    owners = list(Organization.objects.filter(slug__in=slugs))
    made = ask(who=who, by=by, entry=tour, owners=owners, wish=wish, form=uuid4())
    return {one.owner.slug: one for one in made if one.owner}


def decided(slug: str, **more: object) -> Decision:
    told = {"figures": frozenset(Figures), "shows": frozenset({f"{slug}-tour"}), "expires_on": SOON}
    return Decision(**(told | more))


def granted(person: People, request: ShowRequest, **more: object) -> ShowRequest:
    who, by = person(request.owner.slug)
    return grant_request(who=who, by=by, number=request.pk, decision=decided(request.owner.slug, **more))


def seen(home: Home, tour: Entry, slug: str = "compagnie") -> SharedShow:
    viewer = Organization.objects.get(slug=slug)
    return shared_show(home, tour.name_fr, [terms_of(one) for one in grants_to(viewer, tour)], viewer)


def test_the_pages_play_the_tour(home: Home, tour: Entry, browser: Browsers) -> None:
    producer = browser("compagnie", UserRole.PARTNER)
    page = f"/o/compagnie/sharing/ask/{tour.pk}/"
    form = {
        "form": str(uuid4()), "presenters": list(PRESENTERS), "figures": [one.value for one in Figures],
        "why": "La prochaine tournée.", "until": SOON.isoformat(), "first_on": "", "last_on": "",
    }  # fmt: skip
    assert "La Tournée" in producer.get("/o/compagnie/sharing/ask/?q=tourn").content.decode()
    assert producer.get(page).status_code == 200
    for _ in range(2):
        assert producer.post(page, form).status_code == 302
    requests = {one.owner.slug: one for one in ShowRequest.objects.all() if one.owner}
    assert set(requests) == set(PRESENTERS), "the same form sent twice asks once"

    nord = browser("nord")
    one = f"/o/nord/sharing/requests/{requests['nord'].pk}/"
    preview = nord.get(one).content.decode()
    assert "Ce que Compagnie verrait" in preview
    assert "Soir par soir" in preview
    assert nord.get(f"{one}preview/build-up.json").json()["description"]
    choices = {
        "shows": ["nord-tour"], "figures": [one.value for one in Figures], "delay_days": "30", "may_export": "on",
        "nights": [f"nord-tour-{n}" for n in range(3)], "first_on": "", "last_on": "", "expires_on": SOON.isoformat(),
    }  # fmt: skip
    assert 'id="preview"' in nord.post(f"{one}grant/", choices | {"preview": "yes"}).content.decode()
    assert nord.post(f"{one}grant/", choices).status_code == 302
    assert nord.post(f"{one}grant/", choices).status_code == 302, "a post replayed changes nothing"
    browser("sud").post(
        f"/o/sud/sharing/requests/{requests['sud'].pk}/decline/", {"reason": "CONTRACT", "word": "Une autre année."}
    )
    ouest = browser("ouest")
    part = choices | {"shows": ["ouest-tour"], "figures": ["ATTENDANCE"], "nights": ["ouest-tour-0"]}
    assert ouest.post(f"/o/ouest/sharing/requests/{requests['ouest'].pk}/grant/", part).status_code == 302

    show = f"/o/compagnie/sharing/shows/{tour.pk}/"
    told = producer.get(show)
    assert told.status_code == 200
    assert "no-store" in told["Cache-Control"]
    words = told.content.decode()
    assert "Nord" in words
    assert "non accordé" in words
    assert "Sud" not in words
    declined = producer.get(f"/o/compagnie/sharing/requests/{requests['sud'].pk}/").content.decode()
    assert "Une autre année." in declined
    drawing = producer.get(f"{show}charts/build-up.json")
    assert drawing.status_code == 200
    table = producer.get(f"{show}tables/audience.csv")
    assert b"Chiffres masqu" in table.content
    assert producer.get(f"{show}tables/places.xlsx").status_code == 200
    log = nord.get(one).content.decode()
    assert "A téléchargé un spectacle partagé" in log
    assert "A consulté un spectacle partagé" in log

    assert ouest.post(f"/o/ouest/sharing/requests/{requests['ouest'].pk}/revoke/", {"word": ""}).status_code == 302
    assert "Ouest" not in producer.get(show).content.decode()
    nord.post(f"{one}revoke/", {"word": "Fini."})
    for address in (show, f"{show}tables/places.csv", f"{show}charts/build-up.json"):
        assert producer.get(address, headers={"If-None-Match": drawing["ETag"]}).status_code == 404, address
    for page in ("sharing/", "sharing/standing/"):
        assert nord.get(f"/o/nord/{page}").status_code == 200


def test_exact_figures_are_those_of_the_owner_and_persons_are_rounded(home: Home, tour: Entry, person: People) -> None:
    for request in asked(person, tour, *PRESENTERS).values():
        granted(person, request)
    shown = seen(home, tour)
    nord = next(one for one in shown.places if one.owner == "nord")
    assert nord.exact.whole["admission_count"].value == 2 * BUYERS
    assert nord.exact.whole["ticket_revenue"].value == 2 * BUYERS * 30
    assert nord.exact.whole["occupancy_rate"].value == pytest.approx(2 * BUYERS / 300)
    assert nord.audience.buyers == Shown(BUYERS)
    assert nord.audience.new == Shown(0.5)
    assert nord.audience.elsewhere == Shown(0.85), "48 of the 60 new were seen elsewhere: 50 of 60 once rounded"
    assert nord.audience.returned == Shown(0.4), "24 of the 60 new came back for something else"
    assert nord.audience.bands["0-10"] == Shown(0.5)
    assert isinstance(nord.audience.bands["25-50"], Withheld)
    pair = shown.between["nord", "ouest"]
    assert (pair.both, pair.of_first, pair.of_second) == (Shown(40), Shown(0.35), Shown(0.35))
    screen = shared_screen(shown)
    places = screen.table("places")
    assert places is not None
    assert places.total is not None
    assert places.total[3] == Shown(6 * BUYERS)
    assert "360 %" not in screen.answer.fr


def test_a_night_that_two_sell_is_counted_once(home: Home, tour: Entry, person: People) -> None:
    draw_tour(home.root, "d" * 20, together=True)
    for request in asked(person, tour, "nord", "sud").values():
        granted(person, request)
    shown = seen(home, tour)
    screen = shared_screen(shown)
    assert len(shown.twice) == 3
    assert {one.counted_at for one in shown.twice} == {"nord"}
    assert next(one.cell for one in screen.tiles if one.metric == "admission_count") == Shown(2 * BUYERS)
    assert any("comptée une fois" in notice.words.fr for notice in screen.notices)


def test_only_what_was_granted_and_is_old_enough_is_shown(home: Home, tour: Entry, person: People) -> None:
    requests = asked(person, tour, "nord", "sud")
    granted(person, requests["nord"], left_out=frozenset({"nord-tour-0"}))
    granted(person, requests["sud"], delay_days=3000)
    shown = {one.owner: one for one in seen(home, tour).places}
    assert shown["nord"].exact.whole["performance_count"].value == 2
    assert isinstance(shown["nord"].audience.buyers, Withheld), "a part of the run says nothing of who came"
    assert shown["sud"].opening.every == ()
    assert shown["sud"].exact.whole == {}


def test_overlapping_grants_open_their_union_and_a_revoked_one_closes_only_its_part(
    home: Home, tour: Entry, person: People
) -> None:
    first = granted(person, asked(person, tour, "nord")["nord"], figures=frozenset({Figures.ATTENDANCE}))
    granted(
        person,
        asked(person, tour, "nord")["nord"],
        figures=frozenset({Figures.REVENUE}),
        left_out=frozenset({"nord-tour-2"}),
    )
    whole = seen(home, tour).places[0].exact.whole
    assert whole["performance_count"].value == 3
    assert whole["ticket_revenue"].value == 160 * 30
    who, by = person("nord")
    revoke_grant(who=who, by=by, number=first.pk)
    assert set(seen(home, tour).places[0].exact.whole) == {"ticket_revenue", "average_price_paid"}


def test_what_is_told_of_people_is_frozen_until_enough_of_them_are_new(home: Home, tour: Entry, person: People) -> None:
    requests = asked(person, tour, "nord")
    granted(person, requests["nord"])
    before = seen(home, tour).places[0].audience
    assert Told.objects.get(kind="audience").through_on == date(2023, 2, 3)
    draw_tour(home.root, "e" * 20, as_of=date(2024, 6, 2))
    assert seen(home, tour).places[0].audience == before
    assert Told.objects.filter(kind="audience").count() == 1
    again = asked(person, tour, "nord", asker="sud")
    granted(person, again["nord"], delay_days=486)
    other = seen(home, tour, "sud").places[0]
    assert [night.on for night in other.opening.every] == [date(2023, 2, 1), date(2023, 2, 2)]
    versions = {one.through_on: one.cells for one in Told.objects.filter(kind="audience")}
    assert set(versions) == {date(2023, 2, 2), date(2023, 2, 3)}, "forty people separate the two versions"
    assert {name: cell_read(one) for name, one in versions[date(2023, 2, 2)].items()} == audience_cells(other.audience)


def test_a_member_reads_what_it_shares_with_the_run_only_when_both_allow_linkage(
    home: Home, tour: Entry, person: People
) -> None:
    granted(person, asked(person, tour, "nord", asker="sud")["nord"])
    assert seen(home, tour, "sud").places[0].with_asker.both == Shown(40)
    who, by = person("sud")
    withdraw(who=who, by=by, purpose=Purpose.LINKAGE)
    assert isinstance(seen(home, tour, "sud").places[0].with_asker.both, Withheld)


def test_a_grant_ends_with_its_day_its_owner_or_its_owners_agreement(home: Home, tour: Entry, person: People) -> None:
    requests = asked(person, tour, *PRESENTERS)
    for request in requests.values():
        granted(person, request)
    held = Organization.objects.get(slug="compagnie")
    ShowRequest.objects.filter(pk=requests["nord"].pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    who, by = person("sud")
    withdraw(who=who, by=by, purpose=Purpose.SHOW_SHARING)
    assert [one.owner_name for one in grants_to(held)] == ["Ouest"]
    Organization.objects.get(slug="ouest").delete()
    assert not grants_to(held).exists()
    gone = ShowRequest.objects.get(pk=requests["ouest"].pk)
    assert (state_of(gone), gone.owner_name) == (RequestState.EXPIRED, "Ouest")
    assert state_of(ShowRequest.objects.get(pk=requests["nord"].pk)) is RequestState.EXPIRED


def test_a_show_merged_away_is_the_one_it_was_merged_into(
    home: Home, tour: Entry, person: People, browser: Browsers
) -> None:
    granted(person, asked(person, tour, "nord")["nord"])
    heir = Entry.objects.create(kind="SHOW", name_fr="La Tournée, la vraie", origin="PERSON", is_listed=True)
    tour.merged_into = heir
    tour.save()
    producer = browser("compagnie", UserRole.PARTNER)
    assert producer.get(f"/o/compagnie/sharing/shows/{tour.pk}/")["Location"].endswith(f"/shows/{heir.pk}/")
    assert "la vraie" in producer.get(f"/o/compagnie/sharing/shows/{heir.pk}/").content.decode()
    assert producer.get(f"/o/compagnie/sharing/ask/{tour.pk}/")["Location"].endswith(f"/ask/{heir.pk}/")
    assert {one.entry for one in asked(person, tour, "sud").values()} == {heir}
    behind = browser("nord").get("/o/nord/sharing/ask/?show=nord-tour")
    assert behind["Location"].endswith(f"/ask/{heir.pk}/"), "from the page of one's own show"
    assert own_shows(Organization.objects.get(slug="nord"), heir) != []


def test_bad_wishes_and_decisions_are_refused_in_words(home: Home, tour: Entry, person: People) -> None:
    for wrong in (
        {"figures": frozenset()},
        {"why": " "},
        {"until": timezone.localdate()},
        {"until": date(2100, 1, 1)},
        {"first_on": date(2023, 2, 1), "last_on": date(2023, 1, 1)},
    ):
        with pytest.raises(BadInput):
            asked(person, tour, "nord", **wrong)
    with pytest.raises(BadInput):
        asked(person, tour)
    request = asked(person, tour, "nord", figures=frozenset({Figures.ATTENDANCE}))["nord"]
    with pytest.raises(BadUsage):
        asked(person, tour, "nord")
    for wrong in (
        {"figures": frozenset(Figures)},
        {"figures": frozenset()},
        {"shows": frozenset({"sud-tour"})},
        {"expires_on": timezone.localdate()},
        {"expires_on": date(2100, 1, 1)},
        {"delay_days": 0},
        {"first_on": date(2023, 2, 1), "last_on": date(2023, 1, 1)},
    ):
        with pytest.raises(BadInput):
            granted(person, request, **({"figures": frozenset({Figures.ATTENDANCE})} | wrong))
    with pytest.raises(NotAllowed):
        grant_request(
            who=person("nord", UserRole.STEWARD)[0], by=person("nord")[1], number=request.pk, decision=decided("nord")
        )
    assert ShowRequest.objects.get(pk=request.pk).state == RequestState.PENDING


def test_a_person_with_two_hats_does_not_answer_their_own_request(home: Home, tour: Entry, person: People) -> None:
    both = "deux@chapeaux.example"
    who, by = person("compagnie", UserRole.PARTNER, both)
    wish = Wish(frozenset({Figures.ATTENDANCE}), "Pour voir.", SOON)
    owner = Organization.objects.get(slug="nord")
    (request,) = ask(who=who, by=by, entry=tour, owners=[owner], wish=wish, form=uuid4())
    other_hat, same = person("nord", UserRole.DIRECTOR, both)
    with pytest.raises(NotAllowed):
        grant_request(
            who=other_hat,
            by=same,
            number=request.pk,
            decision=decided("nord", figures=frozenset({Figures.ATTENDANCE})),
        )
    granted(person, request, figures=frozenset({Figures.ATTENDANCE}))


def test_unanswered_reads_the_same_whether_or_not_the_place_holds_the_show(
    home: Home, tour: Entry, person: People, browser: Browsers
) -> None:
    requests = asked(person, tour, "nord", "autre-a")
    producer = browser("compagnie", UserRole.PARTNER)
    pages = {
        slug: producer.get(f"/o/compagnie/sharing/requests/{one.pk}/").content.decode()
        for slug, one in requests.items()
    }
    told = [
        page.replace(one.owner_name, "X").replace(str(one.pk), "n").split("<main")[1].split("csrfmiddlewaretoken")[0]
        for (slug, one), page in zip(requests.items(), pages.values(), strict=True)
    ]
    assert told[0] == told[1]
    holding = browser("autre-a").get(f"/o/autre-a/sharing/requests/{requests['autre-a'].pk}/").content.decode()
    assert "ne contiennent aucune représentation" in holding


def test_nobody_else_finds_a_request_or_a_show(home: Home, tour: Entry, person: People, browser: Browsers) -> None:
    request = asked(person, tour, "nord")["nord"]
    granted(person, request)
    addresses = [f"requests/{request.pk}/", f"shows/{tour.pk}/", f"shows/{tour.pk}/tables/places.csv"]
    for slug, role in (("sud", UserRole.DIRECTOR), ("autre-a", UserRole.READER), ("nord", UserRole.READER)):
        stranger = browser(slug, role)
        assert [stranger.get(f"/o/{slug}/sharing/{one}").status_code for one in addresses] == [404, 404, 404]
    for name in ("grant", "decline", "revoke", "withdraw", "remind"):
        assert browser("sud").post(f"/o/sud/sharing/requests/{request.pk}/{name}/").status_code == 404
    who, by = person("sud")
    with pytest.raises(NotFound):
        revoke_grant(who=who, by=by, number=request.pk)


def test_requests_are_reminded_withdrawn_declined_and_each_side_is_told(
    home: Home, tour: Entry, person: People
) -> None:
    for slug in PRESENTERS:
        person(slug)
    requests = asked(person, tour, *PRESENTERS)
    assert {address for one in mail.outbox for address in one.to} == {f"director@{slug}.example" for slug in PRESENTERS}
    who, by = person("compagnie", UserRole.PARTNER)
    with pytest.raises(BadUsage):
        remind(who=who, by=by, number=requests["nord"].pk)
    ShowRequest.objects.update(asked_at=timezone.now() - timedelta(days=8))
    remind(who=who, by=by, number=requests["nord"].pk)
    assert mail.outbox[-1].to == ["director@nord.example"]
    withdraw_request(who=who, by=by, number=requests["nord"].pk)
    with pytest.raises(BadUsage):
        granted(person, requests["nord"])
    sud, director = person("sud")
    decline_request(who=sud, by=director, number=requests["sud"].pk, reason=Reason.NOT_NOW)
    assert mail.outbox[-1].to == ["partner@compagnie.example"]
    done = list(
        TrailEntry.objects.filter(object_id=str(requests["nord"].pk)).order_by("id").values_list("action", flat=True)
    )
    assert done == ["ask_show", "receive_show_request", "remind_show_request", "withdraw_show_request"]


def test_a_week_without_an_answer_is_recalled_once_and_the_end_is_told_to_both(
    home: Home, tour: Entry, person: People
) -> None:
    for slug in PRESENTERS:
        person(slug)
    requests = asked(person, tour, *PRESENTERS)
    granted(person, requests["sud"], expires_on=timezone.localdate() + timedelta(days=10))
    ShowRequest.objects.filter(pk=requests["nord"].pk).update(asked_at=timezone.now() - timedelta(days=8))
    mail.outbox.clear()
    assert [(recall(), warn()) for _ in range(2)] == [(1, 1), (0, 0)]
    assert [one.to for one in mail.outbox] == [
        ["director@nord.example"],
        ["director@sud.example"],
        ["partner@compagnie.example"],
    ]


def test_what_a_partner_is_shown_joins_the_audit_of_releases(
    home: Home, tour: Entry, person: People, browser: Browsers, tmp_path: Path
) -> None:
    for request in asked(person, tour, "nord", "sud").values():
        granted(person, request)
    producer = browser("compagnie", UserRole.PARTNER)
    assert producer.get(f"/o/compagnie/sharing/shows/{tour.pk}/").status_code == 200
    assert producer.get(f"/o/compagnie/sharing/shows/{tour.pk}/").status_code == 200
    season = season_period(2022)
    known = granted_within(season)
    assert known.amounts["compagnie"]["ticket_revenue"] == {"nord": 7200.0, "sud": 7200.0}
    assert known.amounts["compagnie"]["admission_count"] == {"nord": 240.0, "sud": 240.0}
    assert granted_within(season_period(2019)).amounts == {}
    folder = next(home.pool.glob("c*"))
    signer = Signer("Pôle", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    build_release(folder, tmp_path / "release", period=season, as_of=AS_OF, signer=signer, granted=known)
    report = audit_release(tmp_path / "release", pool=folder, granted=known)
    assert report.held
    assert report.attempts["grants_revenue"].run > 0
    assert report.attempts["public_grants_admissions"].within == 0


def test_a_standing_agreement_grants_what_stays_within_it(home: Home, tour: Entry, person: People) -> None:
    who, by = person("nord")
    asker = Organization.objects.get(slug="compagnie")
    within = frozenset({Figures.ATTENDANCE, Figures.TIMING})
    make_standing(who=who, by=by, asker=asker, entry=tour, figures=within, until=SOON)
    request = asked(person, tour, "nord", figures=frozenset({Figures.ATTENDANCE}))["nord"]
    assert (request.state, request.by_standing, request.granted) == ("GRANTED", True, ["ATTENDANCE"])
    beyond = asked(person, tour, "nord", figures=frozenset({Figures.REVENUE}))["nord"]
    assert beyond.state == RequestState.PENDING
    end_standing(who=who, by=by, number=Standing.objects.get().pk)
    with pytest.raises(NotFound):
        end_standing(who=who, by=by, number=Standing.objects.get().pk)
    assert asked(person, tour, "nord", asker="sud", figures=within)["nord"].state == RequestState.PENDING

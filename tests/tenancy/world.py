"""Two houses: vaults harmonised, people of every role, and every form filled in once by a director."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve

from publicc.api.tokens import make_token
from publicc.collective.access import Visitor
from publicc.collective.models import Membership, Organization, Participation, Project, Seat
from publicc.collective.profiles import OrganizationProfile
from publicc.collective.purposes import Purpose
from publicc.harmonise.pipeline import harmonise
from publicc.kernel.vocabulary import UserRole
from publicc.metrics.rollup import rollup_tables
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from tests.agreed import with_agreement
from tests.drawn_vaults import fill
from tests.tenancy.canaries import HOUSES, POSTAL_CODES, Kind, phone, planted
from tests.tenancy.forms import Form, Page

ROLES: Final = tuple(UserRole)
TAKES_AWAY: Final = re.compile(
    r"remove|revoke|undo|end_|abandon|decline|withdraw|forget|drop|leav|departure|logout|stop|dismiss|unpin|close_|settle"
)
"""Forms not sent while the world is filled: they take away what was just made."""
AS_OF: Final = date(2019, 6, 1)


@dataclass(frozen=True)
class Person:
    """Somebody who asks: what is theirs, and how they are known."""

    name: str
    slug: str
    """Their organization; empty for the hub and for nobody."""
    role: UserRole | None
    session: str = ""
    secret: str = ""
    """Of a token, for a program."""


@dataclass
class World:
    """Who may ask, and what there is to ask for."""

    people: list[Person] = field(default_factory=list)
    addresses: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    """Slug (empty: of none) → name of the route → addresses seen in pages, queries with them."""
    forms: dict[str, list[Form]] = field(default_factory=lambda: defaultdict(list))
    """Name of the route → its forms."""
    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Slug → keys of what belongs to that organization alone."""


def draw_houses(home: Home, slugs: Sequence[str], *, rolled_up: bool) -> None:
    """A vault each, with a person known twice, a family, an anonymous ticket; then the pool of both."""
    for slug in slugs:
        customers = ["customer_key|first_name|last_name|email|phone|address|city|postal_code"]
        tickets = ["order_key|customer_key|performance_key|net_cents|price_category|ordered_on"]
        shows = ["performance_key|title|room_label|postal_code|city|starts_on|capacity|discipline_label"]
        titles = [(planted("pr", slug), planted("pr", slug)) for _ in range(3)]
        for number, (title, room) in enumerate(titles):
            key, day = planted("pr", slug), date(2018, 10, 3 + number)
            shows.append(f"{key}|{title}|{room}|{POSTAL_CODES[HOUSES[slug]]}|Laval|{day}|40|Théâtre")
            for at in range(8):
                first, last, code = (planted("id", slug) for _ in range(3))
                mail, where = f"{first}@{last}.example", POSTAL_CODES[HOUSES[slug]]
                customers.append(f"{code}|{first}|{last}|{mail}|{phone(slug)}|{at} rue {last}|Laval|{where}")
                price = planted("pr", slug)
                tickets += [f"{planted('pr', slug)}|{code}|{key}|{2000 + at}|{price}|2018-09-{at + 1:02}"]
        where = POSTAL_CODES[HOUSES[slug]]
        alike = (f"{planted('id', slug)}|Marc|{planted('id', slug)[:-2]}|-|-|-|-|{where}" for _ in range(2))
        customers += alike  # a doubtful pair, for the review
        fill(home, slug, customers="\n".join(customers), tickets="\n".join(tickets), performances="\n".join(shows))
    profiles = [OrganizationProfile(slug, slug.title(), links_across=True) for slug in slugs]
    tables, made_at = rollup_tables() if rolled_up else None, datetime(2019, 6, 1, 3, tzinfo=UTC)
    harmonise(home, KeyRing.open(home), profiles, as_of=AS_OF, made_at=made_at, tables=tables)


def people_the_world(world: World) -> None:
    """Each role in each house, a program each, the hub's seats, and nobody; and a project of both houses."""
    world.people.append(Person("nobody", "", None))
    together = Project.objects.create(name="Publics jeunesse", opened_at=datetime(2019, 5, 1, tzinfo=UTC))
    for slug in HOUSES:
        house = with_agreement(Organization.objects.create(slug=slug, name=slug.title()), *Purpose)
        Participation.objects.create(project=together, organization=house)
        for role in ROLES:
            person, user = _signed_in(f"{planted('ad', slug)}@{slug}.example", slug, role)
            Membership.objects.create(user=user, organization=house, role=role.value)
            world.people.append(person)
            scopes = ("READ", "REPORT", "DEPOSIT") if role is UserRole.DIRECTOR else ("READ",)
            if role in {UserRole.READER, UserRole.DIRECTOR, UserRole.PARTNER}:
                who = Visitor(house, role)
                _, secret = make_token(who=who, by=user, name=planted("pr", slug), scopes=scopes, days=30)
                world.people.append(Person(f"program of {role.value.lower()}", slug, role, secret=secret))
    for role in Seat.ROLES:
        person, user = _signed_in(f"{role.value.lower()}@pole.example", "", role)
        Seat.objects.create(user=user, role=role.value)
        world.people.append(person)


def _signed_in(email: str, slug: str, role: UserRole) -> tuple[Person, Any]:
    user = get_user_model().objects.create(username=email, email=email)
    client = Client()
    client.force_login(user)
    return Person(role.value.lower(), slug, role, session=client.cookies["session"].value), user


def browser_of(person: Person) -> Client:
    """Their browser, or their program; a fault of the site is an answer to judge."""
    client = Client(raise_request_exception=False)
    if person.session:
        client.cookies["session"] = person.session
    if person.secret:
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {person.secret}"
    return client


def live_in(world: World, slug: str, starts: list[str], each: int) -> None:
    """A director looks at every page, follows every link, `each` times a route, and fills in every form once.

    Every address and every form that is seen is kept.
    """
    director = next(one for one in world.people if one.slug == slug and one.role is UserRole.DIRECTOR and one.session)
    client, waiting, seen = browser_of(director), list(starts), set(starts)
    looked, sent = Counter[str](), set[str]()
    while waiting:
        address = waiting.pop(0)
        name = name_of(address)
        looked[name] += 1
        page = read(client, address) if looked[name] <= each else None
        if page is None:
            continue
        for found in page.addresses():
            world.addresses[slug if f"/{slug}/" in found else ""][name_of(found)].add(found)
            if found not in seen and ours(found, slug) and "." not in found:
                waiting.append(found)
            seen.add(found)
        for action, form in page.posted():
            target = name_of(action)
            world.forms[target].append(form)
            world.addresses[slug][target].add(action)
            if target not in sent and not TAKES_AWAY.search(target) and ours(action, slug):
                sent.add(target)
                send(client, slug, action, form)


def read(client: Client, address: str) -> Page | None:
    """The page at that address, if it is one."""
    answer = client.get(address)
    answer.close()
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return None
    return Page(address, answer.content.decode())


def ours(address: str, slug: str) -> bool:
    """Whether a director of the house goes there: its own pages."""
    return address.startswith((f"/o/{slug}/", f"/api/v1/organizations/{slug}/"))


def send(client: Client, slug: str, address: str, form: Form) -> None:
    """A form filled in with values of the house; of persons where persons are written down.

    Files are of persons too, but those of a project: it says that no list of customers is brought there.
    """
    kind: Kind = "id" if re.search("request|contact", name_of(address)) else "pr"
    inside: Kind = "pr" if "project" in name_of(address) else "id"
    given: dict[str, Any] = dict(form.filled(lambda: planted(kind, slug)))
    for name, (sort, _) in form.fields.items():
        if sort == "file":
            content = f"courriel,{planted(inside, slug)}\n{planted(inside, slug)}@exemple.ca,1\n".encode()
            given[name] = SimpleUploadedFile(f"{planted('pr', slug)}.csv", content, "text/csv")
    client.post(address, given).close()


def name_of(address: str) -> str:
    """The route of an address; empty when there is none."""
    return _route(urlsplit(address).path)


@cache
def _route(path: str) -> str:
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return "api" if found.url_name == "api_nothing" else found.url_name or ""


def keys_by_owner(world: World) -> None:
    """Keys of every row that says which organization it belongs to."""
    for model in apps.get_models():
        fields = {one.name for one in model._meta.get_fields()}
        if "organization" not in fields or model is Organization:
            continue
        for key, slug in model._default_manager.values_list("pk", "organization__slug"):
            if slug in HOUSES and isinstance(key, UUID):
                world.ids[slug].add(str(key))

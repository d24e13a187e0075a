"""Requests made at random from the addresses of the installation: seen in its pages, or filled in from its routes."""

import random
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from django.urls import URLPattern, URLResolver

from publicc.collective.doors import MEMBERS
from tests.tenancy.canaries import HOUSES
from tests.tenancy.world import Person, World

METHODS: Final = ("GET",) * 15 + ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
FORMATS: Final = ("csv", "xlsx", "pdf", "png", "svg", "json", "pptx", "md", "html", "parquet")
WORDS: Final = (
    "", "1", "2", "7", "season", "2018-2019", "2018-09-01..2019-08-31", "THEATRE", "WEB", "fr", "en", "board", "funder",
    "weekday", "admission_count", "buyer_count", "' OR 1=1 --", "../../etc/passwd", "-1", "9" * 20, "%00", "é" * 300,
    "[]", "{}", "true", "<script>",
)  # fmt: skip
NAMES: Final = ("season", "period", "where", "by", "metric", "metrics", "show", "format", "lang", "page", "q", "next",
                "organization", "slug", "compare", "id", "number", "kind", "to", "as")  # fmt: skip
_PARAMETER: Final = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<\w+>[^)]*\)")
_KEY: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)\d+(?=[/.])")
_FORMAT: Final = re.compile(r"\.(?:csv|xlsx|pdf|png|svg|json|pptx|md)$")


@dataclass(frozen=True)
class Asked:
    """One request."""

    person: Person
    method: str
    address: str
    form: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The organization that the address names; empty for none."""
        found = re.match(r"/(?:o|api/v1/organizations)/([^/?]+)", self.address)
        return found[1] if found else ""

    @property
    def foreign(self) -> bool:
        """Whether it names an organization that is not theirs."""
        return bool(self.slug) and self.slug != self.person.slug

    def nowhere(self) -> "Asked":
        """The same request at an organization that never was."""
        return replace(self, address=self.address.replace(self.slug, "nulle-part"))


def routes(resolver: URLResolver, before: str = "") -> list[str]:
    """Every address of the installation, with the names of its parts."""
    found = list[str]()
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        found += [route] if isinstance(one, URLPattern) else routes(one, route)
    return found


class Chance:
    """Requests drawn one after another."""

    def __init__(self, world: World, every: list[str], seed: int) -> None:
        self.world, self.every, self.chance = world, every, random.Random(seed)
        seen: dict[str, set[str]] = defaultdict(set)
        for by_route in world.addresses.values():
            for name, found in by_route.items():
                seen[name] |= found
        seen.pop("", None)  # of no route: files
        self.seen = {name: sorted(found) for name, found in sorted(seen.items())}
        self.people = [one for one in world.people for _ in range(4 if one.role in MEMBERS else 1)]
        self.keys = sorted(key for slug in HOUSES for key in world.ids[slug])

    def asked(self) -> Asked:
        """One more request."""
        draw = self.chance.choice
        name, address = self._address()
        person, method = self._someone(address), draw(METHODS)
        if self.chance.random() < (0.7 if name in self.world.forms else 0.05):
            method = "POST"
        address = self._bent(self._theirs_or_not(person, address))
        form = self._form(name) if method in {"POST", "PUT", "PATCH", "DELETE"} else {}
        headers = {"Accept-Language": draw(("fr", "en"))}
        if self.chance.random() < 0.2:
            headers |= draw(({"HX-Request": "true"}, {"Accept": "application/json"}, {"If-None-Match": "*"},
                             {"X-Forwarded-For": "10.0.0.1"}, {"Range": "bytes=0-99"}))  # fmt: skip
        return Asked(person, method, address, form, headers)

    def _someone(self, address: str) -> Person:
        """Anybody; programs call the API more often than they read pages, people the other way round."""
        calls = address.startswith("/api/") is (self.chance.random() < 0.9)
        return self.chance.choice([one for one in self.people if bool(one.secret) is calls])

    def _address(self) -> tuple[str, str]:
        if self.chance.random() < 0.85:
            name = self.chance.choice(list(self.seen))
            return name, self.chance.choice(self.seen[name])
        return "", "/" + _PARAMETER.sub(self._part, self.chance.choice(self.every)).strip("^$")

    def _part(self, found: re.Match[str]) -> str:
        if found[2] == "slug":
            return self.chance.choice(list(HOUSES))
        if found[1] in {"uuid", "uuidstr"}:
            return self._key()
        return str(self.chance.randint(1, 9)) if found[1] == "int" else self.chance.choice((*WORDS[3:14], *FORMATS))

    def _key(self) -> str:
        fresh = str(UUID(int=self.chance.getrandbits(128), version=4))
        return self.chance.choice(self.keys) if self.keys and self.chance.random() < 0.9 else fresh

    def _theirs_or_not(self, person: Person, address: str) -> str:
        """The same place in the asker's own house (more often than not), or in the other's."""
        named = next((slug for slug in HOUSES if slug in address), "")
        wanted = person.slug if person.slug and self.chance.random() < 0.4 else self.chance.choice(list(HOUSES))
        return address.replace(named, wanted) if named else address

    def _bent(self, address: str) -> str:
        """Keys of others, another format, another query."""
        parts, chance = urlsplit(address), self.chance.random
        path = parts.path
        if chance() < 0.25:
            path = _KEY.sub(lambda found: self._key() if "-" in found[0] else str(self.chance.randint(1, 12)), path)
        if chance() < 0.2:
            path = _FORMAT.sub(f".{self.chance.choice(FORMATS)}", path)
        query = parse_qsl(parts.query, keep_blank_values=True)
        if chance() < 0.5:
            query = [(name, self._word() if chance() < 0.4 else value) for name, value in query]
            query += [(self.chance.choice(NAMES), self._word()) for _ in range(self.chance.randint(0, 3))]
        return f"{path}?{urlencode(query)}" if query else path

    def _word(self) -> str:
        return self._key() if self.chance.random() < 0.2 else self.chance.choice((*WORDS, *HOUSES))

    def _form(self, name: str) -> dict[str, Any]:
        """A form of that route with some answers of another, keys of others in its hidden fields."""
        known = self.world.forms.get(name)
        if not known or self.chance.random() < 0.1:
            return {self.chance.choice(NAMES): self._word() for _ in range(self.chance.randint(0, 4))}
        given: dict[str, Any] = dict(self.chance.choice(known).filled(self._word))
        for field_name in given:
            if self.chance.random() < 0.2:
                given[field_name] = self._word()
        return given

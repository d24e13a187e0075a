"""What may be answered to whom: another organization's thing is not found, and its values are nowhere."""

import logging
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from django.core import mail
from django.db import transaction
from django.http.response import HttpResponseBase

from publicc.collective.doors import MEMBERS
from publicc.kernel.vocabulary import UserRole
from tests.tenancy.asking import Asked
from tests.tenancy.canaries import Canary, canaries_in, text_of
from tests.tenancy.world import World, browser_of, name_of

REFUSALS: Final = {302, 400, 401, 403, 404, 405, 415, 422, 429}
OF_PERSONS: Final = {
    "review", "review_pair", "answer_pair", "sensitivity", "undo_review",
    "person_requests", "person_request", "search_person", "choose_records", "chosen_records", "answer_person",
    "settle_request", "close_request", "own_data",
}  # fmt: skip
"""Pages where those who are in charge of the data meet the persons of their own organization."""
WRITTEN_TOGETHER: Final = {
    "project", "project_part", "undo_part", "project_file", "project_document",
    "hub_project", "hub_project_part", "hub_undo_part", "hub_project_file", "hub_project_document",
}  # fmt: skip
"""Pages of the project of both houses: what each writes there is for the other and for the hub; no address is."""
IN_CHARGE: Final = {UserRole.STEWARD, UserRole.DIRECTOR}


@dataclass
class Judge:
    """Every answer, e-mail and log line is looked at; what should not be there is a finding."""

    world: World
    tally: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def send(self, asked: Asked, pair: bool = False) -> None:
        """Ask, look, and undo whatever the request did. `pair`: beside the same at an organization that never was."""
        answer, body = self._answered(asked)
        self.tally.update({"requests": 1, f"answered {answer.status_code}": 1, f"as {asked.person.name}": 1})
        if answer.status_code >= 500:
            self._find(asked, answer, "a fault of the site")
        if asked.foreign:
            self.tally["at another organization"] += 1
            if answer.status_code not in REFUSALS:
                self._find(asked, answer, "another organization answers")
        self._look(asked, answer, body)
        if pair and asked.foreign:
            other, told = self._answered(asked.nowhere())
            self.tally.update({"requests": 1, "beside an organization that never was": 1})
            if other.status_code != answer.status_code or _bare(told, "nulle-part") != _bare(body, asked.slug):
                self._find(asked, answer, f"not as for an organization that never was ({other.status_code})")

    def _answered(self, asked: Asked) -> tuple[HttpResponseBase, str]:
        with transaction.atomic():
            client = browser_of(asked.person)
            content: dict[str, Any] = {"data": asked.form} if asked.method == "POST" else {}
            answer: Any = (
                client.generic(asked.method, asked.address, headers=asked.headers)
                if not content
                else client.post(asked.address, asked.form, headers=asked.headers)
            )
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            answer.close()
            transaction.set_rollback(True)
        return answer, text_of(body)

    def _look(self, asked: Asked, answer: HttpResponseBase, body: str) -> None:
        own = canaries_in(f"{asked.address} {asked.form}")  # what was sent may be said again
        headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
        for one in canaries_in(body + headers) - own:
            if not self._may_read(asked, one):
                self._find(asked, answer, f"tells of {one.slug} ({one.kind})")
        for message in mail.outbox:
            told = canaries_in(f"{message.subject}{message.body}{message.message()}")
            self.tally["e-mails"] += 1
            for one in told - own - canaries_in(" ".join(message.to)):
                if one.kind == "id" or one.slug != asked.person.slug:
                    self._find(asked, answer, f"an e-mail tells of {one.slug} ({one.kind})")
        mail.outbox.clear()
        for one in canaries_in("\n".join(self.heard)) - own:
            self._find(asked, answer, f"a log line tells of {one.slug} ({one.kind})")
        self.tally["log lines"] += len(self.heard)
        self.heard.clear()

    @staticmethod
    def _may_read(asked: Asked, one: Canary) -> bool:
        who = asked.person
        if one.kind == "pr" and name_of(asked.address) in WRITTEN_TOGETHER and not asked.foreign:
            return who.role in {*MEMBERS, UserRole.OPERATOR}
        if one.slug != who.slug:
            return False
        return one.kind in {"pr", "ad"} or (name_of(asked.address) in OF_PERSONS and who.role in IN_CHARGE)

    def _find(self, asked: Asked, answer: HttpResponseBase, what: str) -> None:
        place = name_of(asked.address) or "?"
        self.tally["findings"] += 1
        who = f"{asked.person.name} of {asked.person.slug or 'none'}"
        self.findings.append(f"{what} · {place} · {who} · {asked.method} {asked.address[:200]} → {answer.status_code}")


class Listener(logging.Handler):
    """Everything that is written to the log."""

    def __init__(self, judge: Judge) -> None:
        super().__init__(logging.DEBUG)
        self.judge = judge

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, its traceback with it."""
        self.judge.heard.append(self.format(record))


def _bare(body: str, slug: str) -> str:
    """A page without what changes from one time to the next."""
    without = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken&quot;: |X-CSRFToken": |nonce=)"[^"]+"', "", body)
    return re.sub(r'"(request_id|instance)": ?"[^"]*"', "", without).replace(slug, "")

"""The life of a release on disk: built, then published by two people, then perhaps withdrawn. Sealed at each step.

`publication.json` lies beside the certificate and names it by its signature: a release without one is a candidate,
which nobody but its approvers reads. What members have read stays known: a withdrawn release keeps protecting others.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from publicc.disclosure.policy import ReleaseRefused
from publicc.disclosure.seal import Signer, seal_holds, sealed
from publicc.kernel.period import Period, months_before
from publicc.kernel.text import Text
from publicc.releases.files import CERTIFICATE_FILE, StoredRelease, read_release
from publicc.releases.history import History, history_of
from publicc.store.durable import write_atomically
from publicc.store.home import Home

PUBLICATION_FILE: Final = "publication.json"
REVIEW_AFTER_MONTHS: Final = 12


class ReleaseState(StrEnum):
    """Where a release stands."""

    CANDIDATE = "candidate"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Approval:
    """One person who answers for a release."""

    person: str
    role: str
    on: str
    """Day, ISO."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Who published a release and when; why it was withdrawn."""

    state: ReleaseState
    approvals: tuple[Approval, ...]
    on: str
    next_review_on: str
    reason: str = ""


def releases_folder(home: Home) -> Path:
    """Where an installation keeps its releases, one folder each, named by its period."""
    return home.root / "releases"


def folder_of(home: Home, period: Period) -> Path:
    """The folder of a period's release."""
    return releases_folder(home) / f"{period.first_on.isoformat()}_{period.last_on.isoformat()}"


def publish(folder: Path, approvals: Sequence[Approval], *, signer: Signer, on: date) -> Publication:
    """Put a candidate in force. Raises ReleaseRefused unless two different people approve and the seal holds."""
    release = read_release(folder, public_key=signer.public_key())
    if len({one.person for one in approvals}) < 2:
        raise ReleaseRefused(
            Text("Deux personnes différentes doivent approuver.", "Two different people must approve."),
            do=Text("Demander une deuxième approbation.", "Ask for a second approval."),
        )
    if publication_of(release).state is not ReleaseState.CANDIDATE:
        raise ReleaseRefused(
            Text("Cette publication n'est plus à approuver.", "This release no longer awaits approval.")
        )
    told = Publication(
        ReleaseState.PUBLISHED, tuple(approvals), on.isoformat(), months_before(on, -REVIEW_AFTER_MONTHS).isoformat()
    )
    return _written(release, told, signer)


def withdraw(folder: Path, reason: str, *, signer: Signer, on: date) -> Publication:
    """Stop serving a release; it stays known to those who read it. Raises ReleaseRefused without a reason."""
    release = read_release(folder, public_key=signer.public_key())
    before = publication_of(release)
    if before.state is not ReleaseState.PUBLISHED or not reason.strip():
        raise ReleaseRefused(
            Text(
                "Seule une publication en vigueur se retire, avec son motif.",
                "Only a release in force is withdrawn, with its reason.",
            ),
            do=Text("Écrire pourquoi.", "Write why."),
        )
    told = Publication(ReleaseState.WITHDRAWN, before.approvals, on.isoformat(), before.next_review_on, reason.strip())
    return _written(release, told, signer)


def publication_of(release: StoredRelease) -> Publication:
    """Where a release stands. Raises ReleaseRefused when what says so is not of this release or was altered."""
    file = release.folder / PUBLICATION_FILE
    if not file.is_file():
        return Publication(ReleaseState.CANDIDATE, (), "", "")
    try:
        told: Any = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise _altered() from problem
    certificate = release.certificate
    whole = isinstance(told, Mapping) and seal_holds(told, public_key=str(certificate["public_key"]))
    if not whole or told.get("certificate") != certificate["signature"]:
        raise _altered()
    approvals = tuple(Approval(**one) for one in told["approvals"])
    return Publication(ReleaseState(told["state"]), approvals, told["on"], told["next_review_on"], told["reason"])


def releases_of(home: Home) -> list[Path]:
    """The folders of every release, the earliest period first."""
    return sorted(file.parent for file in releases_folder(home).glob(f"*/{CERTIFICATE_FILE}"))


def read_history(home: Home) -> History:
    """What members have read already, withdrawn since or not. Raises ReleaseRefused when one was altered."""
    seen = (ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN)
    return history_of(folder for folder in releases_of(home) if publication_of(read_release(folder)).state in seen)


def _written(release: StoredRelease, told: Publication, signer: Signer) -> Publication:
    whole = sealed({**asdict(told), "certificate": release.certificate["signature"]}, signer)
    content = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_atomically(release.folder / PUBLICATION_FILE, content.encode(), mode=0o644, replace=True)
    return told


def _altered() -> ReleaseRefused:
    return ReleaseRefused(
        Text("La mise en vigueur de cette publication a été modifiée.", "What puts this release in force was altered."),
        do=Text("Ne pas s'y fier.", "Do not rely on it."),
    )

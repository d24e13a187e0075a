"""Where a webhook may go: outside, over TLS, never inside a network; looked up once, called at that very address."""

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

LONGEST: Final = 500
_PORTS: Final = (443, 8443)
_DO: Final = Text("Donner une adresse publique en https.", "Give a public address over https.")


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was looked at: what to call, and the name it goes by."""

    url: str
    host: str
    name: str


def check_address(written: str) -> str:
    """The address, as it is kept. Raises BadInput for what is none, or may not be called by its form alone."""
    address = written.strip()
    told = _split(address)
    inside = settings.WEBHOOKS_INSIDE
    wrong = (
        not told.hostname
        or len(address) > LONGEST
        or told.username is not None
        or told.fragment
        or (told.scheme != "https" and not (inside and told.scheme == "http"))
        or (not inside and (told.port or 443) not in _PORTS)
    )
    if wrong:
        raise BadInput(Text("Cette adresse ne peut pas être appelée.", "This address cannot be called."), do=_DO)
    literal = _literal(told.hostname or "")
    if literal is not None and not inside and not _is_outside(literal):
        raise _inside()
    return address


def target_of(address: str) -> Target:
    """Where to call now: the name is looked up once, every address it has must be outside, and that one is called.

    Raises BadInput; OSError when the name is not found.
    """
    told = _split(check_address(address))
    name, port = told.hostname or "", told.port or (443 if told.scheme == "https" else 80)
    found = [str(one[4][0]) for one in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]
    if not settings.WEBHOOKS_INSIDE and not all(_is_outside(ipaddress.ip_address(one)) for one in found):
        raise _inside()
    number = f"[{found[0]}]" if ":" in found[0] else found[0]
    path = f"{told.path or '/'}{'?' + told.query if told.query else ''}"
    return Target(f"{told.scheme}://{number}:{port}{path}", told.netloc, name)


def _split(address: str) -> SplitResult:
    try:
        told = urlsplit(address)
        _ = told.port
    except ValueError as problem:
        raise BadInput(Text("Cette adresse ne se lit pas.", "This address cannot be read."), do=_DO) from problem
    return told


def _literal(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _is_outside(one: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is of the public network; one that wraps another is judged by the other."""
    if isinstance(one, ipaddress.IPv6Address):
        wrapped = one.ipv4_mapped or one.sixtofour or (one.teredo[1] if one.teredo else None)
        if wrapped is not None:
            return wrapped.is_global and not wrapped.is_multicast
        if one in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return one.is_global and not one.is_multicast


def _inside() -> BadInput:
    return BadInput(Text("Cette adresse est à l'intérieur d'un réseau.", "This address is inside a network."), do=_DO)

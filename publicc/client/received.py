"""Whether a webhook that came in is the hub's, fresh, and not one that was seen already."""

import hashlib
import hmac
from collections.abc import Container, Mapping
from typing import Final

FRESH_SECONDS: Final = 300


class NotOurs(Exception):
    """What came in is not to be trusted: unsigned, changed, too old, or seen before."""


def check_received(
    secret: str, headers: Mapping[str, str], body: bytes, *, now: float, seen: Container[str] = frozenset()
) -> str:
    """The number of the delivery, to be kept among those `seen`. Raises NotOurs.

    `now`: seconds since 1970. A message signed more than five minutes away from it is refused, and so is a number
    that was seen: whoever listened on the way cannot send it again.
    """
    held = {name.lower(): value for name, value in headers.items()}
    parts = dict(one.partition("=")[::2] for one in held.get("publicc-signature", "").split(","))
    at, number = parts.get("t", ""), held.get("publicc-delivery", "")
    if not (at.isascii() and at.isdigit()) or not number:
        raise NotOurs("unsigned")
    wanted = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted.encode(), parts.get("v1", "").encode()):
        raise NotOurs("changed, or signed by another")
    if abs(now - int(at)) > FRESH_SECONDS:
        raise NotOurs("too old")
    if number in seen:
        raise NotOurs("seen before")
    return number

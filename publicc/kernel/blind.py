"""Blinded ids: keyed HMAC-SHA-256 over length-prefixed parts, computed by the engine, a whole column at a time.

HMAC is two plain SHA-256 (RFC 2104), so any SQL engine gives the same ids; the keys are parameters, never SQL text.
The id is the first 120 bits, in hexadecimal: nobody without the key can test a guessed identity against it.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final

_BLOCK: Final = 64
ID_LENGTH: Final = 30
"""Hexadecimal characters of an id: 120 bits."""


@dataclass(frozen=True, slots=True)
class BlindKey:
    """One blinding key: of a linking circle, or of one organization."""

    secret: bytes = field(repr=False)

    @property
    def parameters(self) -> dict[str, bytes]:
        """What a statement that holds `blinded_sql` is executed with."""
        block = self.secret.ljust(_BLOCK, b"\0")
        return {"inner": bytes(b ^ 0x36 for b in block), "outer": bytes(b ^ 0x5C for b in block)}

    @property
    def mark(self) -> str:
        """A public mark of the key: tells whether an id was made under it, and nothing else."""
        return blinded(self, "key", "mark")


def blinded(key: BlindKey, purpose: str, *parts: str) -> str:
    """The blinded id of `parts` for `purpose`: the same as `blinded_sql` gives."""
    message = "".join(f"{len(part.encode())}:{part}" for part in (purpose, *parts))
    return hmac.new(key.secret, message.encode(), hashlib.sha256).hexdigest()[:ID_LENGTH]


def blinded_sql(purpose: str, *parts: str) -> str:
    """SQL expression of the blinded id of text expressions `parts`, none of them NULL.

    The statement takes `BlindKey.parameters`. `purpose` and `parts` are written by our own code, never by a person.
    """
    message = " || ".join((f"'{len(purpose)}:{purpose}'", *(f"strlen({part}) || ':' || {part}" for part in parts)))
    inner = f"unhex(sha256($inner::BLOB || encode({message})))"
    return f"substr(sha256($outer::BLOB || {inner}), 1, {ID_LENGTH})"

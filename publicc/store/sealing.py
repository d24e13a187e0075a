"""What names people outside a vault, sealed with a key of its organization (AES-256-GCM): it dies with the keys.

Each kind of thing has a key of its own, drawn from the organization's root key by HKDF; the sealed bytes are bound to
the row they belong to, so that one cannot be passed off as another.
"""

import json
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from publicc.kernel.errors import Broken
from publicc.kernel.text import Text
from publicc.store.home import Home
from publicc.store.keys import KeyRing

Purpose: TypeAlias = Literal["answers", "contacts", "invitations", "requests"]
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens what one organization keeps for one purpose."""

    _engine: AESGCM

    @classmethod
    def of(cls, slug: str, purpose: Purpose) -> "Seal":
        """The seal of an organization. Raises Broken when its keys cannot be read."""
        return cls(AESGCM(derived_key(KeyRing.open(Home.from_environment()).tenant_key(slug), purpose)))

    def closed(self, told: dict[str, Any], bound_to: int | str) -> bytes:
        """What is told, sealed for the row of that number."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        plain = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        return nonce + self._engine.encrypt(nonce, plain, str(bound_to).encode())

    def opened(self, sealed: bytes | memoryview, bound_to: int | str) -> dict[str, Any]:
        """What was sealed for the row of that number. Raises Broken when the key is another, or the row was altered."""
        raw = bytes(sealed)
        try:
            plain = self._engine.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], str(bound_to).encode())
        except (InvalidTag, ValueError) as problem:
            raise Broken(
                Text("Ce qui est scellé ne s'ouvre pas avec cette clé.", "What is sealed does not open with this key."),
                do=Text("Restaurer les clés de l'organisme.", "Restore the organization's keys."),
            ) from problem
        return dict(json.loads(plain))


@lru_cache(maxsize=256)
def derived_key(root: bytes, purpose: Purpose) -> bytes:
    """The key of a purpose, drawn from an organization's root key."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"publicc surveys " + purpose.encode()).derive(root)

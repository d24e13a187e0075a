"""The seal of a release: canonical bytes, their hash, an Ed25519 signature. One byte changed breaks it."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Signer:
    """Who answers for a release, and the key that says so."""

    name: str
    key: Ed25519PrivateKey = field(repr=False)

    def public_key(self) -> str:
        """The public key, base64."""
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()


def canonical(told: Mapping[str, Any]) -> bytes:
    """The one way of writing a certificate's content."""
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sealed(told: Mapping[str, Any], signer: Signer) -> dict[str, Any]:
    """The certificate with its signer, public key and signature."""
    whole = {**told, "signer": signer.name, "public_key": signer.public_key()}
    return {**whole, "signature": base64.b64encode(signer.key.sign(canonical(whole))).decode()}


def seal_holds(certificate: Mapping[str, Any], *, public_key: str | None = None) -> bool:
    """Whether the certificate is as signed, by `public_key` when given, else by the key it names itself."""
    unsigned = {name: value for name, value in certificate.items() if name != "signature"}
    try:
        named = str(certificate["public_key"])
        if public_key is not None and named != public_key:
            return False
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(named, validate=True))
        key.verify(base64.b64decode(str(certificate["signature"]), validate=True), canonical(unsigned))
    except (InvalidSignature, KeyError, ValueError):
        return False
    return True

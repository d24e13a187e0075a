"""The key ring: one master key that wraps, and per organization the random keys it wraps (AES-256-GCM).

A wrapped key says in its associated data whose it is and what for: it opens nothing when moved to another name.
Destroying an organization's wrapped keys destroys its vault: see docs/explanation/store.md.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, Self, TypeAlias, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from filelock import FileLock

from publicc.kernel.errors import Broken
from publicc.kernel.text import Text
from publicc.store.durable import write_atomically
from publicc.store.home import Home, private_folder

KeyPurpose: TypeAlias = Literal["vault", "blind", "tenant"]

MASTER_KEY_VARIABLE: Final = "PUBLICC_MASTER_KEY_FILE"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of an installation. Holds the master key in memory; unwraps the others when asked, keeps none."""

    folder: Path
    vaults: Path
    _master: bytes = field(repr=False)
    _passing: dict[str, bytes] | None = field(default=None, repr=False)

    @classmethod
    def open(cls, home: Home, *, create: bool = True) -> Self:
        """The ring of a home. With `create`, the master key is made at first use, never beside existing wrapped keys.

        Raises Broken when the master key is missing, unreadable or not a key.
        """
        folder = private_folder(private_folder(home.keys) / "wrapped")
        path = master_key_file(home)
        if create and not path.exists() and not any(folder.glob("*.json")):
            _make_master_key(path)
        return cls(folder, home.vaults, _read_master_key(path))

    def for_passing_vaults(self) -> Self:
        """The same ring, with vault keys that are made at random and written nowhere: for vaults that do not stay."""
        return replace(self, _passing={})

    @property
    def passes(self) -> bool:
        """Whether its vaults do not stay."""
        return self._passing is not None

    def vault_key(self, slug: str) -> bytes:
        """The key that encrypts an organization's vault; made at first use.

        Raises Broken when a vault exists whose key does not: it was destroyed, and the vault with it.
        """
        if self._passing is not None:
            return self._passing.setdefault(slug, secrets.token_bytes(_KEY_BYTES))
        if (self.vaults / f"{slug}.duckdb").exists() and self._stored(slug).get("vault") is None:
            raise Broken(
                Text("La clé de ce coffre n'existe plus.", "The key of this vault no longer exists."),
                where=Text(f"Organisation {slug}.", f"Organization {slug}."),
                do=Text(
                    "Restaurer les clés depuis leur sauvegarde. Sans elles, le contenu est perdu.",
                    "Restore the keys from their backup. Without them, the content is lost.",
                ),
            )
        return self._key(slug, "vault")

    def blind_key(self, circle: str) -> bytes:
        """The key of blinded ids of a linking circle, or of one organization outside every circle."""
        return self._key(circle, "blind")

    def tenant_key(self, slug: str) -> bytes:
        """The root key of what one organization exports."""
        return self._key(slug, "tenant")

    def destroy(self, slug: str) -> None:
        """Remove every wrapped key of an organization. Its vault can never be opened again. Doing it twice is fine."""
        with self._writing(slug), suppress(FileNotFoundError):
            path = self._file(slug)
            path.write_bytes(secrets.token_bytes(path.stat().st_size))
            path.unlink()

    def holders(self) -> tuple[str, ...]:
        """Names that have a wrapped key: organizations and circles."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.json")))

    def proof(self) -> str:
        """What tells one master key from another without telling the key: 32 hexadecimal digits."""
        return hmac.new(self._master, b"publicc|proof", hashlib.sha256).hexdigest()[:32]

    def sealed(self, name: str, content: bytes) -> bytes:
        """A small secret under the master key, so that it may travel with the wrapped keys; `name` is bound to it."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._master).encrypt(nonce, content, _sealed_as(name))

    def unsealed(self, name: str, content: bytes) -> bytes:
        """The secret that `sealed` sealed under this name. Raises Broken when this master key did not seal it."""
        try:
            return AESGCM(self._master).decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], _sealed_as(name))
        except (InvalidTag, ValueError) as problem:
            raise _not_opened(name) from problem

    def unopened(self) -> tuple[str, ...]:
        """The names of which a wrapped key cannot be unwrapped by this master key: none in a sound installation."""
        return tuple(name for name in self.holders() if not self._opens(name))

    def _opens(self, name: str) -> bool:
        try:
            for purpose, wrapped in self._stored(name).items():
                self._unwrapped(name, cast("KeyPurpose", purpose), wrapped)
        except Broken:
            return False
        return True

    def _key(self, name: str, purpose: KeyPurpose) -> bytes:
        wrapped = self._stored(name).get(purpose)
        if wrapped is None:
            with self._writing(name):
                wrapped = self._stored(name).get(purpose) or self._add(name, purpose)
        return self._unwrapped(name, purpose, wrapped)

    def _add(self, name: str, purpose: KeyPurpose) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self._master).encrypt(nonce, secrets.token_bytes(_KEY_BYTES), _bound_to(name, purpose))
        keys = {**self._stored(name), purpose: base64.b64encode(nonce + sealed).decode()}
        content = json.dumps({"version": _VERSION, "keys": keys}, indent=1, sort_keys=True)
        write_atomically(self._file(name), content.encode(), mode=0o600)
        return keys[purpose]

    def _unwrapped(self, name: str, purpose: KeyPurpose, wrapped: str) -> bytes:
        try:
            raw = base64.b64decode(wrapped, validate=True)
            return AESGCM(self._master).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound_to(name, purpose))
        except (InvalidTag, ValueError) as problem:
            raise _not_opened(name) from problem

    def _stored(self, name: str) -> dict[str, str]:
        try:
            content = json.loads(self._file(name).read_text(encoding="utf-8"))
            return dict(content["keys"])
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise Broken(
                Text("Un fichier de clés est illisible.", "A key file cannot be read."),
                where=Text(f"Clé de {name}.", f"Key of {name}."),
                do=Text("Restaurer les clés depuis leur sauvegarde.", "Restore the keys from their backup."),
            ) from problem

    def _file(self, name: str) -> Path:
        if not name or Path(name).name != name or name.startswith("."):
            raise Broken(Text("Ce nom ne peut pas porter de clé.", "This name cannot hold a key."))
        return self.folder / f"{name}.json"

    def _writing(self, name: str) -> FileLock:
        return FileLock(self._file(name).with_suffix(".lock"), timeout=30, mode=0o600)


def master_key_file(home: Home) -> Path:
    """Where the master key lies: `PUBLICC_MASTER_KEY_FILE`, else `keys/master.key` of the home."""
    named = os.environ.get(MASTER_KEY_VARIABLE)
    return Path(named).expanduser() if named else home.keys / "master.key"


def _bound_to(name: str, purpose: KeyPurpose) -> bytes:
    return f"publicc|{_VERSION}|{len(name)}:{name}|{purpose}".encode()


def _sealed_as(name: str) -> bytes:
    return f"publicc|{_VERSION}|sealed|{name}".encode()


def _not_opened(name: str) -> Broken:
    return Broken(
        Text(
            "La clé maîtresse n'ouvre pas cette clé : ce n'est pas la bonne, ou le fichier est endommagé.",
            "The master key does not open this key: it is the wrong one, or the file is damaged.",
        ),
        where=Text(f"Clé de {name}.", f"Key of {name}."),
        do=Text(
            f"Remettre la clé maîtresse d'origine ({MASTER_KEY_VARIABLE}) ou restaurer les clés.",
            f"Put the original master key back ({MASTER_KEY_VARIABLE}) or restore the keys.",
        ),
    )


def _make_master_key(path: Path) -> None:
    private_folder(path.parent)
    fresh = base64.b64encode(secrets.token_bytes(_KEY_BYTES)) + b"\n"
    with suppress(FileExistsError):  # another process was first: its key is the key
        write_atomically(path, fresh, mode=0o400, replace=False)


def _read_master_key(path: Path) -> bytes:
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except FileNotFoundError as problem:
        raise _no_master_key(Text("La clé maîtresse est introuvable.", "The master key is missing.")) from problem
    except OSError as problem:
        raise _no_master_key(
            Text("La clé maîtresse ne peut pas être lue.", "The master key cannot be read."),
        ) from problem
    except binascii.Error as problem:
        raise _no_master_key(_NOT_A_KEY) from problem
    if len(key) != _KEY_BYTES:
        raise _no_master_key(_NOT_A_KEY)
    return key


_NOT_A_KEY: Final = Text(
    "Le fichier de la clé maîtresse ne contient pas une clé.", "The master key file does not hold a key."
)


def _no_master_key(what: Text) -> Broken:
    return Broken(
        what,
        where=Text(
            f"Fichier que nomme {MASTER_KEY_VARIABLE}, sinon keys/master.key du dossier des données.",
            f"File named by {MASTER_KEY_VARIABLE}, else keys/master.key of the data folder.",
        ),
        do=Text(
            "Remettre la clé d'origine, lisible par ce compte. Une nouvelle clé n'ouvrirait pas les coffres existants.",
            "Put the original key back, readable by this account. A new key would not open the existing vaults.",
        ),
    )

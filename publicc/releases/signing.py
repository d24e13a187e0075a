"""The key that signs releases: made once, kept beside the other keys, readable by its owner only."""

from contextlib import suppress
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from publicc.disclosure.seal import Signer
from publicc.kernel.errors import Broken
from publicc.kernel.text import Text
from publicc.store.durable import write_atomically
from publicc.store.home import Home, private_folder

KEY_FILE: Final = "release-signing.key"


def signer_of(home: Home, name: str = "Public C") -> Signer:
    """The signer of an installation; its key is made at first use. Raises Broken when the key file is damaged."""
    file = private_folder(home.keys) / KEY_FILE
    if not file.exists():
        with suppress(FileExistsError):  # another process was first: its key is the key
            write_atomically(file, Ed25519PrivateKey.generate().private_bytes_raw(), mode=0o400, replace=False)
    try:
        return Signer(name, Ed25519PrivateKey.from_private_bytes(file.read_bytes()))
    except (OSError, ValueError) as problem:
        raise Broken(
            Text("La clé de signature des diffusions est illisible.", "The key that signs releases cannot be read."),
            where=Text(f"Fichier keys/{KEY_FILE}.", f"File keys/{KEY_FILE}."),
            do=Text("La restaurer depuis sa sauvegarde.", "Restore it from its backup."),
        ) from problem


def known_public_key(home: Home) -> str | None:
    """The public key of this installation's releases; None when it never signed one."""
    return signer_of(home).public_key() if (home.keys / KEY_FILE).is_file() else None

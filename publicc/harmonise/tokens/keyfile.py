"""The key of a circle of encoders: a file its owner alone can read, handed over by hand, never given to the hub."""

import base64
import binascii
import os
import secrets
import stat
from pathlib import Path
from typing import Final

from publicc.kernel.blind import BlindKey
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

KEY_BYTES: Final = 32


def read_key(path: Path) -> BlindKey:
    """The key in this file: at least 32 bytes in base64.

    Raises BadInput when the file is missing, readable by others, no base64, or shorter.
    """
    if not path.is_file():
        raise _refused(path, Text("Le fichier de clé n'existe pas.", "The key file does not exist."), _MAKE_ONE)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise _refused(
            path,
            Text("D'autres que vous peuvent lire le fichier de clé.", "Others than you can read the key file."),
            Text("Taper : chmod 600 {name}", "Type: chmod 600 {name}").filled(name=path.name),
        )
    try:
        secret = base64.b64decode(path.read_bytes().strip(), validate=True)
    except (binascii.Error, OSError) as problem:
        raise _refused(
            path, Text("Le fichier de clé ne se lit pas.", "The key file cannot be read."), _MAKE_ONE
        ) from problem
    if len(secret) < KEY_BYTES:
        raise _refused(path, Text("La clé est trop courte.", "The key is too short."), _MAKE_ONE)
    return BlindKey(secret)


def make_key(path: Path) -> None:
    """Write a new random key, readable by its owner alone. Raises BadInput when the file is there already."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    except FileExistsError as problem:
        raise _refused(
            path,
            Text(
                "Ce fichier existe déjà : une clé ne s'écrase pas.", "This file exists already: no key is overwritten."
            ),
            Text("Choisir un autre nom.", "Choose another name."),
        ) from problem
    except OSError as problem:
        raise _refused(
            path,
            Text("Le fichier de clé ne s'écrit pas.", "The key file cannot be written."),
            Text("Choisir un dossier qui existe.", "Choose a folder that exists."),
        ) from problem


_MAKE_ONE: Final = Text(
    "Demander la clé à l'organisme qui la garde, ou en faire une avec --new-key.",
    "Ask for the key at the organization that keeps it, or make one with --new-key.",
)


def _refused(path: Path, what: Text, do: Text) -> BadInput:
    return BadInput(what, where=Text(f"Fichier {path.name}.", f"File {path.name}."), do=do)

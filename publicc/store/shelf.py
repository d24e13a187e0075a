"""The shelf: official geography that an operator imported, one folder a layer, and the list that says what is there.

A layer is there whole or not at all: its files are written beside, then the list is replaced in one step. Nothing of it
is secret; it is kept in the home so that a backup holds it.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from publicc.directory.official.geonames import FILE as CODES_FILE
from publicc.directory.official.layers import Layer, Prepared, attribution
from publicc.directory.official.municipalities import FILE as MUNICIPALITIES_FILE
from publicc.directory.places import Official
from publicc.kernel.errors import Broken, NotFound
from publicc.kernel.text import Text
from publicc.store.durable import sync_tree, write_atomically
from publicc.store.home import Home, private_folder

_LIST: Final = "imported.json"


@dataclass(frozen=True, slots=True)
class Imported:
    """One layer that is on the shelf."""

    layer: Layer
    file_name: str
    """The name of the file that was given."""
    version: str
    """Digest of what is kept: changes whenever it does."""
    vintage: str
    rows: int
    covers: tuple[str, ...]
    invented: bool
    imported_at: datetime

    @property
    def attribution(self) -> Text:
        """The line that must stand beside every figure and map made with it."""
        return attribution(self.layer, self.vintage, invented=self.invented)

    def as_json(self) -> dict[str, Any]:
        """As the list and the command line write it."""
        return {**asdict(self), "layer": self.layer.value, "imported_at": self.imported_at.isoformat()}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """As the list says it."""
        kept = {name: told[name] for name in ("file_name", "version", "vintage", "rows", "invented")}
        return cls(
            layer=Layer(told["layer"]),
            covers=tuple(told["covers"]),
            imported_at=datetime.fromisoformat(told["imported_at"]),
            **kept,
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one installation imported."""

    folder: Path

    @classmethod
    def of(cls, home: Home) -> Self:
        """The shelf of a home; empty until something is imported."""
        return cls(home.geography)

    def imported(self) -> Mapping[Layer, Imported]:
        """The layers that are there. Raises Broken when the list cannot be read."""
        try:
            told = json.loads((self.folder / _LIST).read_text(encoding="utf-8"))
            return {Layer(one["layer"]): Imported.from_json(one) for one in told}
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError) as problem:
            raise Broken(
                Text(
                    "La liste de la géographie importée est endommagée.", "The list of imported geography is damaged."
                ),
                do=Text("L'importer de nouveau.", "Import it again."),
            ) from problem

    def file(self, layer: Layer, name: str) -> Path | None:
        """A file of an imported layer; None when the layer is not there or does not have it."""
        one = self.imported().get(layer)
        path = self._folder_of(one) / name if one else None
        return path if path and path.is_file() else None

    @property
    def official(self) -> Official:
        """What stands in place of the shipped postal codes and regions."""
        return Official(self.file(Layer.POSTAL_CODES, CODES_FILE), self.file(Layer.MUNICIPALITIES, MUNICIPALITIES_FILE))

    def version_of(self, *layers: Layer) -> str:
        """Changes whenever what is imported of these layers (of all, when none is named) does; empty without any."""
        there = sorted(self.imported().items())
        told = "".join(f"{layer.value}:{one.version} " for layer, one in there if not layers or layer in layers)
        return hashlib.sha256(told.encode()).hexdigest()[:16] if told else ""

    def put(self, prepared: Prepared, *, file_name: str, at: datetime) -> Imported:
        """Put a layer on the shelf in place of the one before; the same content gives the same version."""
        digest = hashlib.sha256()
        for name, content in sorted(prepared.files.items()):
            digest.update(f"{name}:{len(content)}:".encode())
            digest.update(content)
        one = Imported(
            prepared.layer, Path(file_name).name, digest.hexdigest()[:16], prepared.vintage, prepared.rows,
            prepared.covers, prepared.invented, at,
        )  # fmt: skip
        before = dict(self.imported())
        self._write(one, prepared.files)
        self._tell({**before, one.layer: one})
        self._forget(before.get(one.layer), kept=one)
        return one

    def remove(self, layer: Layer) -> Imported:
        """Go back to what is shipped. Raises NotFound when the layer was not imported."""
        before = dict(self.imported())
        if layer not in before:
            raise NotFound(
                Text("Cette couche n'a pas été importée.", "This layer was not imported."),
                do=Text("Voir publicc geography list.", "See publicc geography list."),
            )
        one = before.pop(layer)
        self._tell(before)
        self._forget(one, kept=None)
        return one

    def _write(self, one: Imported, files: Mapping[str, bytes]) -> None:
        private_folder(self.folder)
        final = self._folder_of(one)
        if final.is_dir():
            return
        beside = Path(tempfile.mkdtemp(prefix=".putting-", dir=self.folder))
        try:
            for name, content in files.items():
                (beside / name).write_bytes(content)
            sync_tree(beside)
            beside.rename(final)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def _tell(self, layers: Mapping[Layer, Imported]) -> None:
        told = [one.as_json() for _, one in sorted(layers.items())]
        content = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_atomically(self.folder / _LIST, content.encode(), mode=0o600)

    def _forget(self, one: Imported | None, *, kept: Imported | None) -> None:
        if one is not None and (kept is None or kept.version != one.version):
            shutil.rmtree(self._folder_of(one), ignore_errors=True)

    def _folder_of(self, one: Imported) -> Path:
        return self.folder / f"{one.layer.value}-{one.version}"

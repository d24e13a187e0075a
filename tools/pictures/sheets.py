"""Sheets of contact: one image a scene, its widths side by side and its languages and themes one above the other."""

from collections import defaultdict
from pathlib import Path

from PIL import Image

SHARE = 0.5
HIGHEST = 1500
GAP = 12


def write(folder: Path) -> None:
    """One sheet a scene, language and theme: every width, half size, the bottom of long pages left out."""
    found: dict[str, list[tuple[int, Path]]] = defaultdict(list)
    for picture in folder.glob("*.png"):
        name, width = picture.stem.rsplit("-", 1)
        found[name].append((int(width), picture))
    (folder / "sheets").mkdir(exist_ok=True)
    for name, pictures in found.items():
        _sheet([path for _, path in sorted(pictures)]).save(folder / "sheets" / f"{name}.png")


def _sheet(paths: list[Path]) -> Image.Image:
    small = [_small(path) for path in paths]
    width = sum(one.width for one in small) + GAP * (len(small) + 1)
    sheet = Image.new("RGB", (width, max(one.height for one in small) + 2 * GAP), "#888888")
    left = GAP
    for one in small:
        sheet.paste(one, (left, GAP))
        left += one.width + GAP
    return sheet


def _small(path: Path) -> Image.Image:
    with Image.open(path) as whole:
        kept = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, int(HIGHEST / SHARE))))
        return kept.resize((int(kept.width * SHARE), int(kept.height * SHARE)), Image.Resampling.LANCZOS)

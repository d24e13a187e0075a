"""How an organization's documents look: its logo and its colour, checked so that figures stay legible.

A logo is drawn anew as PNG, whatever was given: nothing of the file that came in (scripts, links, comments, the place
where a picture was taken) goes into a document.
"""

import io
import re
from dataclasses import dataclass
from typing import Final

import vl_convert
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from PIL import Image, UnidentifiedImageError

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

STAGE_RED: Final = "#a3262a"
LARGEST_LOGO_BYTES: Final = 2 * 1024 * 1024
LARGEST_SIDE: Final = 1200
LARGEST_PIXELS: Final = 40_000_000
LEAST_CONTRAST: Final = 4.5
"""Against white paper: titles and figures are written in the colour."""
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
_RASTER: Final = ("PNG", "JPEG", "WEBP", "GIF")
_ACTIVE: Final = ("script", "foreignObject", "iframe", "image", "use", "style", "a", "animate", "set")
_DO: Final = Text("Choisir un fichier PNG, JPEG, WebP ou SVG.", "Choose a PNG, JPEG, WebP or SVG file.")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The logo as PNG, empty when there is none, and the colour of titles and of own figures."""

    colour: str = STAGE_RED
    logo: bytes = b""


PLAIN: Final = Letterhead()


def read_colour(written: str) -> str:
    """A colour as `#a3262a`. Raises BadInput when it is none, or too pale to be read on paper."""
    colour = written.strip().lower()
    if not _HEX.fullmatch(colour):
        raise BadInput(
            Text("Cette couleur ne se lit pas.", "This colour cannot be read."),
            do=Text("L'écrire comme #a3262a.", "Write it like #a3262a."),
        )
    if contrast_on_white(colour) < LEAST_CONTRAST:
        raise BadInput(
            Text(
                "Cette couleur est trop pâle : les titres ne se liraient pas sur du papier.",
                "This colour is too pale: titles could not be read on paper.",
            ),
            do=Text("Choisir une couleur plus foncée.", "Choose a darker colour."),
        )
    return colour


def contrast_on_white(colour: str) -> float:
    """The contrast of a colour with white, 1 to 21 (WCAG 2.2)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def read_logo(given: bytes) -> bytes:
    """The picture as PNG, at most 1200 pixels wide or high. Raises BadInput for what is no picture, or holds more."""
    if len(given) > LARGEST_LOGO_BYTES:
        raise BadInput(Text("Ce logo dépasse 2 Mo.", "This logo is over 2 MB."), do=_DO)
    head = given[:512].lstrip().lower()
    drawn = _drawn_svg(given) if head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype")) else given
    return _as_png(drawn)


def _as_png(given: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(given), formats=_RASTER) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise _no_picture()
            still = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise _no_picture() from problem
    still.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    out = io.BytesIO()
    still.save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn_svg(given: bytes) -> bytes:
    """An SVG drawn as PNG. One that holds a script, a link or anything from outside is refused."""
    try:
        root = fromstring(given)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise _no_picture() from problem
    for node in root.iter():
        name = str(node.tag).rpartition("}")[2]
        handlers = [one for one in node.attrib if one.rpartition("}")[2].lower().startswith("on")]
        outside = [v for k, v in node.attrib.items() if k.rpartition("}")[2] == "href" and not v.startswith("#")]
        if name in _ACTIVE or handlers or outside:
            raise BadInput(
                Text(
                    "Ce logo SVG contient un script, un lien ou une image : il n'est pas accepté.",
                    "This SVG logo holds a script, a link or a picture: it is not accepted.",
                ),
                found=Text("Élément « {name} ».", "Element “{name}”.").filled(name=name[:40]),
                do=Text("L'exporter en PNG.", "Export it as PNG."),
            )
    try:
        return bytes(vl_convert.svg_to_png(given.decode(), scale=4))
    except (ValueError, UnicodeDecodeError) as problem:
        raise _no_picture() from problem


def _no_picture() -> BadInput:
    return BadInput(Text("Ce fichier n'est pas une image.", "This file is not a picture."), do=_DO)

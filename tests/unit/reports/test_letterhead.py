"""Logos and colours as people bring them."""

import io

import pytest
from PIL import Image

from publicc.kernel.errors import BadInput
from publicc.reports.letterhead import LARGEST_SIDE, contrast_on_white, read_colour, read_logo

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" '
DRAWN = SVG + b'width="40" height="20"><rect width="40" height="20" fill="#a3262a"/></svg>'
HARMFUL = {
    "a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a handler": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect/></svg>',
    "a link": b'<svg xmlns="http://www.w3.org/2000/svg"><a href="https://elsewhere.example"><rect/></a></svg>',
    "another file": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "an entity": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG + b">&x;</svg>",
    "nothing": b"",
    "words": b"this is no picture",
    "a cut picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a broken drawing": b"<svg><rect></svg>",
    "too much": b"\x00" * (2 * 1024 * 1024 + 1),
}


def picture(form: str, size: tuple[int, int] = (60, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#a3262a").save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("given", [picture("PNG"), picture("JPEG"), picture("WEBP"), DRAWN])
def test_a_picture_is_drawn_anew_as_png(given: bytes) -> None:
    with Image.open(io.BytesIO(read_logo(given))) as drawn:
        assert drawn.format == "PNG"
        assert drawn.size[0] == 2 * drawn.size[1]


def test_a_large_picture_is_made_smaller() -> None:
    with Image.open(io.BytesIO(read_logo(picture("PNG", (4000, 1000))))) as drawn:
        assert drawn.size == (LARGEST_SIDE, LARGEST_SIDE // 4)


@pytest.mark.parametrize("what", HARMFUL)
def test_what_is_no_picture_or_holds_more_than_one_is_refused(what: str) -> None:
    with pytest.raises(BadInput):
        read_logo(HARMFUL[what])


@pytest.mark.parametrize("written", ["", "red", "#fff", "#12345g", "#ffff00", "#ffffff", "#a3262a;}"])
def test_a_colour_that_cannot_be_read_on_paper_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        read_colour(written)


def test_a_dark_colour_is_kept_in_small_letters() -> None:
    assert read_colour(" #A3262A ") == "#a3262a"
    assert contrast_on_white("#000000") == pytest.approx(21)

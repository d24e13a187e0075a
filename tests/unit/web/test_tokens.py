"""Contrast of the design tokens, computed from the style sheet itself."""

import re
from dataclasses import asdict

import pytest

from publicc.dashboards.charts.look import PAGE, PRINT
from publicc.web.assets import WEB, style_sheet

SHEET = (WEB / "styles" / "tokens.css").read_text(encoding="utf-8")
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink-2", "paper"),
    ("ink-2", "sunken"),
    ("ink-2", "surface"),
    ("ink-3", "paper"),
    ("ink-3", "sunken"),
    ("link", "paper"),
    ("on-own", "own"),
    ("ink", "own-soft"),
    ("bad", "paper"),
    ("bad", "surface"),
    ("ink", "bad-soft"),
    ("ink", "good-soft"),
    ("ink", "caution-soft"),
    ("ink", "peers-soft"),
    ("ink", "population-soft"),
]
MARKS = ["own", "peers", "population", "line-strong", "focus", "good", "caution", "bad"]


def tokens(theme: str) -> dict[str, str]:
    blocks = {"light": SHEET.split("@media")[0], "dark": SHEET.split(':root[data-theme="dark"]')[1]}
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", blocks[theme]))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("mark", MARKS)
def test_marks_can_be_seen(theme: str, mark: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[mark], colours["paper"]) >= 3


def test_the_dark_theme_is_the_same_whether_chosen_or_the_system_s() -> None:
    by_system = SHEET.split("@media")[1].split(':root[data-theme="dark"]')[0]
    assert dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", by_system)) == tokens("dark")


def test_charts_name_tokens_of_the_page_and_print_with_those_of_the_light_theme() -> None:
    page, printed = asdict(PAGE), asdict(PRINT)
    light = {f"var(--{name})": colour for name, colour in tokens("light").items()}
    for part, named in page.items():
        names, colours = (named, printed[part]) if isinstance(named, tuple) else ((named,), (printed[part],))
        assert [light[name] for name in names] == list(colours), part


def test_components_name_tokens_and_never_a_colour() -> None:
    components = style_sheet().split("/* base.css */")[1].split("/* print.css */")[0]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?!-)(?=[;\s,)])", components) == []
    used = set(re.findall(r"var\(--([a-z0-9-]+)", components))
    declared = set(re.findall(r"--([a-z0-9-]+):", SHEET))
    assert used <= declared

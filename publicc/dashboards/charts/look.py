"""How charts look: colours by theme, type, grid. Colour tells whose figures they are; shape and word say it again."""

from dataclasses import dataclass
from typing import Any, Final

from publicc.kernel.text import Lang

FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a drawing: `ours` is *chez nous*, `context` stands behind, `population` is census and studies."""

    ink: str
    quiet: str
    rule: str
    paper: str
    ours: str
    ours_soft: str
    context: str
    population: str
    ramp: tuple[str, ...]
    """Five steps of one hue, weak to strong."""

    below: str
    above: str
    around: tuple[str, ...]
    """Five steps around a usual value: far below, below, usual, above, far above."""
    empty: str
    ground: str
    """What lies under a map where nobody is counted."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a drawing must fit: its colours, its reader's language, and whether it is as narrow as a phone."""

    look: Look
    lang: Lang
    narrow: bool = False


PAGE: Final = Look(
    ink="var(--ink)",
    quiet="var(--ink-2)",
    rule="var(--line)",
    paper="var(--paper)",
    ours="var(--own)",
    ours_soft="var(--seq-3)",
    context="var(--context)",
    population="var(--population)",
    ramp=("var(--seq-1)", "var(--seq-2)", "var(--seq-3)", "var(--seq-4)", "var(--seq-5)"),
    below="var(--div-1)",
    above="var(--div-5)",
    around=("var(--div-1)", "var(--div-2)", "var(--div-3)", "var(--div-4)", "var(--div-5)"),
    empty="var(--land)",
    ground="var(--sunken)",
)
"""Names of the site's colour tokens: the drawing takes those of the reader's theme, and of paper when printed."""

PRINT: Final = Look(
    ink="#1d1b18",
    quiet="#57524b",
    rule="#e2ddd3",
    paper="#fbfaf7",
    ours="#a3262a",
    ours_soft="#d5827a",
    context="#8d8880",
    population="#8a6c34",
    ramp=("#f6e2dc", "#e9b6aa", "#d5827a", "#b44548", "#7d161c"),
    below="#235f92",
    above="#b3560f",
    around=("#235f92", "#8db4d2", "#ebe6dc", "#f0b27a", "#b3560f"),
    empty="#ddd7cb",
    ground="#f3f0ea",
)
"""Colours of files and pictures: the light theme, whatever the reader's screen."""


def config(look: Look) -> dict[str, Any]:
    """The Vega-Lite configuration every chart shares: quiet axes, no frame, system type."""
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": look.quiet,
            "titleColor": look.quiet,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "domainColor": look.rule,
            "tickColor": look.rule,
            "gridColor": look.rule,
            "labelPadding": 6,
            "titlePadding": 10,
        },
        "axisY": {"domain": False, "ticks": False},
        "axisX": {"grid": False},
        "legend": {
            "labelColor": look.quiet,
            "titleColor": look.quiet,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "symbolType": "square",
        },
        "text": {"color": look.ink, "fontSize": 12},
        "rule": {"color": look.rule},
        "bar": {"cornerRadiusEnd": 1},
    }

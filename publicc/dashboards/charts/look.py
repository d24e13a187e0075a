"""How charts look: colours by theme, type, grid. Colour tells whose figures they are; shape and word say it again."""

from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

Theme: TypeAlias = Literal["light", "dark"]

FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one theme: `ours` is *chez nous*, `context` stands behind, `population` is census and studies."""

    theme: Theme
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
    neutral: str
    empty: str


LOOKS: Final[dict[Theme, Look]] = {
    "light": Look(
        theme="light",
        ink="#1d1b18",
        quiet="#5f5b53",
        rule="#e4e0d6",
        paper="#fbfaf7",
        ours="#a3262a",
        ours_soft="#dba7a4",
        context="#8b95a1",
        population="#b58a3c",
        ramp=("#f3ded9", "#e3b0a8", "#cf7f78", "#b54a4a", "#862026"),
        below="#2f6f9f",
        above="#c4631c",
        neutral="#e9e5da",
        empty="#efece4",
    ),
    "dark": Look(
        theme="dark",
        ink="#f0ece4",
        quiet="#aca69a",
        rule="#38342e",
        paper="#191714",
        ours="#ea7c76",
        ours_soft="#7d4340",
        context="#808b98",
        population="#d3ab62",
        ramp=("#3d2a28", "#66403c", "#985650", "#cb6f68", "#f39d95"),
        below="#6aa9d6",
        above="#e8954f",
        neutral="#3b3832",
        empty="#25221e",
    ),
}


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

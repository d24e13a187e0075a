"""Intervals across the ends of bars, as PowerPoint keeps them: error bars with a length of their own for each bar."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from publicc.dashboards.page import Value
from publicc.kernel.cells import Shown

_ROOM: Final = 1.02
"""Beyond the highest end, so that its cap is drawn."""


def put_intervals(drawn: Any, rows: Sequence[Sequence[Value]]) -> None:  # noqa: ANN401 - python-pptx's own
    """Draw the second and third figures of each row as the ends of an interval around the first."""
    series = drawn.plots[0].series[0]._element  # noqa: SLF001 - python-pptx has no error bars
    ends = [[float(one.value) if isinstance(one, Shown) else 0.0 for one in row[1:4]] for row in rows]
    above = [max(0.0, high - value) for value, _, high in ends]
    below = [max(0.0, value - low) for value, low, _ in ends]
    drawn.value_axis.minimum_scale = 0
    drawn.value_axis.maximum_scale = max((high for *_, high in ends), default=0.0) * _ROOM or 1.0
    told = (
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers(above)}</c:plus><c:minus>{_numbers(below)}</c:minus>"
        '<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="1D1B18"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    series.find(qn("c:cat")).addprevious(parse_xml(told))


def _numbers(lengths: Iterable[float]) -> str:
    held = [f'<c:pt idx="{at}"><c:v>{length:.6f}</c:v></c:pt>' for at, length in enumerate(lengths)]
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(held)}"/>{"".join(held)}</c:numLit>'

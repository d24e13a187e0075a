"""What drawings hand to Altair in the form that it takes as it is, without guessing, checking or copying it.

Names of columns are given as channels (`alt.Text("x:N")`) for the same reason: Altair finds the channel of a plain word
by trying each of them against its schema, which takes longer than the rest of the drawing.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from publicc.kernel.later import later

if TYPE_CHECKING:
    import altair as alt
else:
    alt = later("altair")


def inline(rows: Iterable[dict[str, Any]]) -> "alt.Data":
    """Rows as the data of a drawing. A tuple: Altair copies a list, row by row, each time something is said of it."""
    return alt.Data(values=tuple(rows))


def either(channel: Any, test: str, then: Any, otherwise: Any) -> Any:  # noqa: ANN401 - Altair's own channels and values
    """A channel (`alt.ColorValue`) whose value is `then` where the test of a datum holds, else `otherwise`."""
    return channel(otherwise, condition={"test": test, "value": then})

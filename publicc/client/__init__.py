"""A typed Python client of `/api/v1`: one's own figures, definitions, deposits and reports, in a few lines.

Words: a *hub* is a site that runs Public C; a *cell* is a figure with its state. Knows nothing of the site's code: it
may be used anywhere Python runs. Reads again what failed for a moment, gathers pages, keeps what did not change, and
raises a problem of the API as an exception that says what to do. Needs httpx alone.
"""

from publicc.client.calling import (
    BadRequest,
    Busy,
    Forbidden,
    NotThere,
    Problem,
    TooMany,
    Unreachable,
    WhoAreYou,
)
from publicc.client.hub import Hub
from publicc.client.received import NotOurs, check_received
from publicc.client.shapes import (
    Answer,
    AskedMetric,
    Brought,
    Cell,
    Deposit,
    Dimension,
    Entry,
    Metric,
    Organization,
    ReportKind,
    Row,
)

__all__ = [
    "Answer",
    "AskedMetric",
    "BadRequest",
    "Brought",
    "Busy",
    "Cell",
    "Deposit",
    "Dimension",
    "Entry",
    "Forbidden",
    "Hub",
    "Metric",
    "NotOurs",
    "NotThere",
    "Organization",
    "Problem",
    "ReportKind",
    "Row",
    "TooMany",
    "Unreachable",
    "WhoAreYou",
    "check_received",
]

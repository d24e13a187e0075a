"""Words that a spreadsheet opens: never taken for a formula."""

import re
from typing import Final

_RISKY: Final = re.compile(r"^[\s\u00a0]*[=+\-@\t\r\x00\uff1d\uff0b\uff0d\uff20]")


def safe_text(text: str) -> str:
    """`text`, with an apostrophe before it when a spreadsheet would take it for a formula."""
    return "'" + text if _RISKY.match(text) else text

"""Where the real files lie that nobody here wrote. They are beside the project, never in it."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("PUBLICC_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason=f"REAL FILES NOT TESTED: no folder {SHARED.name!r} beside the project (or PUBLICC_SHARED_DATA)",
)

"""Every variable of the environment that the program reads is documented in one table."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
INTERNAL = {"PUBLICC_REQUEST_ID"}
"""Handed from one of our parts to another, never set by a person."""


def test_every_variable_that_is_read_is_documented() -> None:
    read = {
        name
        for path in (ROOT / "publicc").rglob("*.py")
        for name in re.findall(r"[\"'](PUBLICC_[A-Z_]+)[\"']", path.read_text(encoding="utf-8"))
    }
    told = set(re.findall(r"PUBLICC_[A-Z_]+", (ROOT / "docs/reference/configuration.md").read_text(encoding="utf-8")))
    assert read - told - INTERNAL == set()

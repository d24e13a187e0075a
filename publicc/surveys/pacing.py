"""How many begin to answer at once from one network address, in memory only: nothing of an address is written anywhere.

An address is known for a minute, under a secret that is drawn when the process starts and dies with it. Counts are
those of one process. Above a first limit responses are kept but set apart (a theatre's own network serves hundreds of
honest people at the exit); above a second one they are refused for a minute.
"""

import hashlib
import secrets
import threading
import time
from collections import defaultdict
from typing import Final

MOST_A_DAY: Final = 10_000
"""Responses begun in a day in one survey, by links that anybody may open; twice that by invitation. A program that
answers from many networks would fill the disk, and the page of results."""
SUSPECT_ABOVE: Final = 30
REFUSED_ABOVE: Final = 300
_WINDOW_SECONDS: Final = 60
_secret: Final = secrets.token_bytes(32)


class Pace:
    """Counts beginnings a minute by address."""

    def __init__(self) -> None:
        self._counts: defaultdict[bytes, int] = defaultdict(int)
        self._window = 0
        self._lock = threading.Lock()

    def begun(self, address: str, *, now: float | None = None) -> int:
        """How many began from this address in the current minute, this one counted."""
        window = int((time.monotonic() if now is None else now) // _WINDOW_SECONDS)
        name = hashlib.blake2b(address.encode(), key=_secret, digest_size=16).digest()
        with self._lock:
            if window != self._window:
                self._counts.clear()
                self._window = window
            self._counts[name] += 1
            return self._counts[name]


PACE: Final = Pace()

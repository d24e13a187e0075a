"""Child processes that live and die together: started, restarted when they fall, stopped at the end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Final

REFUSED: Final = os.EX_CONFIG
"""What a child leaves with when it must not begin again: it said why."""
_GRACE_SECONDS = 15
_FALLS_ALLOWED = 5


@dataclass(slots=True)
class Child:
    """One Python process to keep running."""

    name: str
    arguments: Sequence[str]
    once: Callable[[], bool] = lambda: True
    """Begun once this holds: what can wait leaves the processor to what people wait for."""
    process: subprocess.Popen[bytes] | None = None
    falls: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it, as this very Python."""
        self.process = subprocess.Popen([sys.executable, *self.arguments], env=os.environ.copy())  # noqa: S603 - our own modules

    def fell(self) -> bool:
        """Whether it has ended."""
        return self.process is not None and self.process.poll() is not None

    def may_start_again(self) -> bool:
        """Whether it did not refuse to go on, nor fell too often in the last minute."""
        if self.process is not None and self.process.returncode == REFUSED:
            return False
        now = time.monotonic()
        self.falls = [at for at in self.falls if now - at < 60] + [now]
        return len(self.falls) <= _FALLS_ALLOWED

    def stop(self) -> None:
        """Ask it to end; insist after a while."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


class _Stopped(Exception):
    """Someone asked to stop."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Stopped


def keep_running(children: Sequence[Child]) -> int:
    """Keep the children running until a signal. 0 when asked to stop, 1 when one of them cannot stay up."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        while True:
            for child in children:
                if child.process is None and child.once():
                    child.start()
                elif child.fell():
                    if not child.may_start_again():
                        return 1
                    child.start()
            time.sleep(0.5)
    except _Stopped:
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for child in children:
            child.stop()

"""Whether a worker is alive on this machine: each holds a shared lock as long as it lives, whatever ends it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from publicc.store.home import Home, private_folder

_FILE: Final = ".worker"


@contextmanager
def at_work(home: Home) -> Iterator[None]:
    """Tell, as long as the block runs, that a worker is here; several may be."""
    with (private_folder(home.root) / _FILE).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def someone_at_work(home: Home) -> bool:
    """Whether at least one worker is alive on this machine."""
    try:
        with (home.root / _FILE).open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False

"""Which tests run one after another in one process when the suite is spread over several (`pytest -n 2`).

The tests of a file share what its fixtures build, so a file is one piece of work; so are folders whose files share a
server. (pytest-xdist's own `loadgroup` reads a field that pytest 9.2 no longer has, and spreads groups all the same.)
"""

from pathlib import PurePosixPath
from typing import Any, Final

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER: Final = ("tests/functional", "tests/integration/spark")
"""Folders whose tests share a site with its browser, or a cluster."""
FIRST: Final = (*TOGETHER, "tests/integration/run", "tests/integration/harmonise", "tests/integration/deposits")
"""The longest pieces are begun first: light ones fill the last minutes of every process."""


class ByFile(LoadScopeScheduling):
    """A scheduler whose pieces of work are files and the folders above."""

    def _split_scope(self, nodeid: str) -> str:
        return piece_of_work(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:  # noqa: ANN401 - xdist's own, not exported
    """Whatever `--dist` says, in the order of collection."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Same order in every process."""
    items.sort(key=lambda item: next((n for n, one in enumerate(FIRST) if item.nodeid.startswith(one)), len(FIRST)))


def piece_of_work(nodeid: str) -> str:
    """The file of a test, or the folder that its files share."""
    file = nodeid.split("::", 1)[0]
    parents = {str(one) for one in PurePosixPath(file).parents}
    return next((folder for folder in TOGETHER if folder in parents), file)

"""A fault that nobody foresaw, in one organization, leaves the others whole: `publicc run` goes on without it."""

from pathlib import Path
from typing import Any

import pytest

from publicc.cli import running
from publicc.cli.run_sources import source_of
from publicc.cli.running import Done, Wanted
from publicc.harmonise.stages import Stages
from publicc.kernel.errors import Broken
from publicc.store.home import Home
from tests.integration.run.test_run import write_exports

QUOTED = "Adalbertine Quenneville"


class Fault:
    """One step of the run, which stumbles over the organization `ill` and quotes a cell while falling."""

    def __init__(self, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
        module = running if hasattr(running, step) else running.passing
        self._real = getattr(module, step)
        monkeypatch.setattr(module, step, self)

    def __call__(self, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever the step takes
        if "'ill'" in repr((given, more)):
            raise ZeroDivisionError(QUOTED)
        return self._real(*given, **more)


def run(folder: Path, *names: str) -> Done:
    for name in names:
        write_exports(folder / "source" / name)
    (folder / "out").mkdir()
    wanted = Wanted(source_of(folder / "source"), folder / "former", None, "en")
    return running.run(Home(folder / "home"), wanted, folder / "out", Stages())


@pytest.mark.parametrize("step", ["receive", "quality", "harmonise", "all_figures"])
def test_the_others_are_finished_and_the_one_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    Fault(step, monkeypatch)
    done = run(tmp_path, "ill", "well")
    assert set(done.told["organizations"]) == {"well"}
    assert done.told["organizations"]["well"]["tickets"] == done.told["pool"]["tickets"] == 3
    sentence = done.unusable["ill"].sentence("fr")
    assert "ZeroDivisionError" in sentence
    assert QUOTED not in sentence
    assert (tmp_path / "out" / "dashboards" / "well.json").is_file()
    assert not (tmp_path / "out" / "dashboards" / "ill.json").exists()
    assert (tmp_path / "out" / "release" / "certificate.json").is_file()


def test_a_fault_in_all_of_them_is_the_machines_and_not_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Fault("receive", monkeypatch)
    with pytest.raises(Broken) as left:
        run(tmp_path, "ill")
    assert "ill: Something unforeseen" in left.value.sentence("en")

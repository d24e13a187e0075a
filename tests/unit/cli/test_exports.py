"""What lies in a folder of exports: all of it, wherever, but what is hidden and the folder's own description."""

from pathlib import Path

from publicc.cli.exports import exports_in
from publicc.cli.run_sources import source_of


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def names(paths: tuple[Path, ...], folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in paths]


def test_files_of_inner_folders_are_exports_too_and_hidden_ones_are_not(tmp_path: Path) -> None:
    write(tmp_path, "b.csv", "2019/a.csv", "organization.toml", ".b.csv.swp", ".git/x.csv", "notes.pdf")
    assert names(exports_in(tmp_path), tmp_path) == ["2019/a.csv", "b.csv", "notes.pdf"]


def test_files_beside_folders_are_nobodys_and_files_alone_are_one_organization(tmp_path: Path) -> None:
    write(tmp_path / "many", "opera/a.csv", "lost.csv", ".hidden", "truth/truth.json")
    many = source_of(tmp_path / "many")
    assert [folder.path.name for folder in many.folders] == ["opera"]
    assert [path.name for path in many.loose] == ["lost.csv"]
    write(tmp_path / "one", "a.csv", "b.csv")
    assert [len(folder.files) for folder in source_of(tmp_path / "one").folders] == [2]
    write(tmp_path / "described", "organization.toml", "2019/a.csv", "b.csv")
    (only,) = source_of(tmp_path / "described").folders
    assert names(only.files, tmp_path / "described") == ["2019/a.csv", "b.csv"]


def test_an_empty_folder_is_an_organization_without_files(tmp_path: Path) -> None:
    write(tmp_path, "opera/a.csv")
    (tmp_path / "later").mkdir()
    assert {folder.path.name: len(folder.files) for folder in source_of(tmp_path).folders} == {"later": 0, "opera": 1}

"""Every file that cannot be used ends in one clear sentence in both languages, quickly, with nothing left behind."""

import os
import resource
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from publicc.intake.reading import Limits, read_files
from publicc.kernel.errors import BadInput
from tests.unit.intake.reading import hostile
from tests.unit.intake.reading.hostile import archive, text, workbook, workbook_with

ROW = "x" * 40_000
WIDE = ",".join(f"c{i}" for i in range(400)) + "\n" + ",".join("1" for _ in range(400)) + "\n"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
JSON_WIDE = "[{" + ",".join(f'"k{i}": 1' for i in range(400)) + "}]"

BAD: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "empty": ("ventes.csv", text(""), "vide"),
    "blank": ("ventes.csv", text("\n \n\n"), "vide"),
    "header only": ("ventes.csv", text("code,nom\n"), "aucune donnée"),
    "binary renamed csv": ("ventes.csv", text(b"\x89PNG\r\n\x1a\n" + bytes(1000)), "données lisible"),
    "program renamed csv": ("ventes.csv", text(b"\x7fELF" + bytes(range(1, 32)) * 50), "n'est pas ce que dit son nom"),
    "workbook renamed csv": ("ventes.csv", workbook({"A": [["code", "nom"], [1, "Ada"]]}), "classeur"),
    "archive renamed csv": ("ventes.csv", archive({"a.csv": b"code,nom\n1,Ada\n"}), "archive ZIP"),
    "text renamed xlsx": ("ventes.xlsx", text("code,nom\n1,Ada\n"), "n'est pas ce que dit son nom"),
    "web page renamed xls": ("ventes.xls", text("<html><table><tr><td>1</td></tr></table></html>"), "page web"),
    "pdf": ("ventes.pdf", text(b"%PDF-1.7\n" + bytes(100)), "données lisible"),
    "unknown form": ("ventes.ttl", text("<a> <b> <c> ."), ".ttl"),
    "nul bytes": ("ventes.csv", text(b"code,nom\n1,Ada\n2,B\0n\n"), "ligne 3"),
    "endless line": ("ventes.csv", hostile.endless_line, "démesurée"),
    "absurd cell": ("ventes.csv", text(f"code,nom\n1,Ada\n2,{ROW}\n"), "ligne 3"),
    "too many columns": ("ventes.csv", text(WIDE), "400 colonnes"),
    "truncated zip": ("ventes.zip", hostile.truncated_archive, "endommagé"),
    "zip bomb": ("ventes.zip", hostile.bomb, "démesuré"),
    "zip bomb with lying sizes": ("ventes.zip", hostile.lying_bomb, "endommagé"),
    "gzip bomb": ("ventes.csv.gz", hostile.gzip_bomb, "démesuré"),
    "truncated gzip": ("ventes.csv.gz", hostile.truncated_gzip, "endommagé"),
    "nested archive": ("ventes.zip", archive({"dedans.zip": b"PK\x05\x06" + bytes(18)}), "archive dans une archive"),
    "hidden nested archive": ("ventes.zip", archive({"a.csv": b"PK\x03\x04" + bytes(40)}), "n'est pas ce que dit"),
    "path traversal": ("ventes.zip", archive({"../../evil.csv": b"a,b\n1,2\n"}), "hors de l'archive"),
    "absolute path": ("ventes.zip", archive({"/etc/evil.csv": b"a,b\n1,2\n"}), "hors de l'archive"),
    "link": ("ventes.zip", hostile.archive_with_a_link, "hors de l'archive"),
    "empty archive": ("ventes.zip", text(b"PK\x05\x06" + bytes(18)), "vide"),
    "too many members": ("ventes.zip", archive({f"{i}.csv": b"a\n1\n" for i in range(1001)}), "trop de fichiers"),
    "exploding workbook": ("ventes.xlsx", hostile.exploding_workbook, "démesuré"),
    "macros by name": ("ventes.xlsm", workbook({"A": [["code"], [1]]}), "macros"),
    "binary workbook": ("ventes.xlsb", workbook({"A": [["code"], [1]]}), "macros"),
    "macros inside": ("ventes.xlsx", workbook_with("xl/vbaProject.bin"), "macros"),
    "external links": ("ventes.xlsx", workbook_with("xl/externalLinks/externalLink1.xml"), "liens"),
    "entities": ("ventes.xlsx", workbook_with("xl/evil.xml", ENTITIES), "définitions"),
    "encrypted workbook": ("ventes.xlsx", hostile.encrypted_workbook, ""),
    "empty workbook": ("ventes.xlsx", workbook({"A": []}), "aucune donnée"),
    "header-only workbook": ("ventes.xlsx", workbook({"A": [["code", "nom"]]}), "aucune donnée"),
    "damaged workbook": ("ventes.xlsx", text(b"PK\x03\x04" + bytes(200)), ""),
    "damaged json": ("ventes.json", text('[{"a": 1}, '), "endommagé"),
    "json of numbers": ("ventes.json", text("[1, 2, 3]"), "Aucun tableau"),
    "empty json list": ("ventes.json", text('{"results": []}'), "aucune donnée"),
    "deep json": ("ventes.json", text('{"a":' * 90_000 + "1" + "}" * 90_000), "Aucun tableau"),
    "wide json": ("ventes.json", text(JSON_WIDE), "400 colonnes"),
    "damaged parquet": ("ventes.parquet", text(b"PAR1" + bytes(100) + b"PAR1"), "endommagé"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_a_clear_sentence_and_leaves_nothing(tmp_path: Path, case: str) -> None:
    name, make, said = BAD[case]
    make(tmp_path / name)
    private = tmp_path / "private"
    private.mkdir()
    with pytest.raises(BadInput) as refused:
        read_files([tmp_path / name], duckdb.connect(), Limits(working_folder=private))
    for lang in ("fr", "en"):
        sentence = refused.value.sentence(lang)
        assert name in sentence
        assert "{" not in sentence
        assert len(sentence) < 500
    assert said in refused.value.sentence("fr").replace("\u00a0", " ")
    assert refused.value.do is not None
    assert list(private.iterdir()) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "private"])


def test_hostile_files_do_not_grow_the_reader(tmp_path: Path) -> None:
    """Memory of this process stays where it was within 300 MB; parsers run in processes of their own."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for case in ("endless line", "zip bomb", "gzip bomb", "exploding workbook"):
        name, make, _ = BAD[case]
        make(tmp_path / name)
        with pytest.raises(BadInput):
            read_files([tmp_path / name], duckdb.connect())
        (tmp_path / name).unlink()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


def test_a_workbook_that_needs_more_memory_than_allowed_is_refused(tmp_path: Path) -> None:
    workbook({"A": [["code", "nom"], *([[i, f"personne numéro {i}" * 20] for i in range(20_000)])]})(
        tmp_path / "gros.xlsx"
    )
    with pytest.raises(BadInput) as refused:
        read_files([tmp_path / "gros.xlsx"], duckdb.connect(), Limits(parser_memory_bytes=25 * hostile.MIB))
    assert "mémoire" in refused.value.sentence("fr")


def test_a_parser_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    workbook({"A": [["code", "nom"], [1, "Ada"]]})(tmp_path / "lent.xlsx")
    with pytest.raises(BadInput) as refused:
        read_files([tmp_path / "lent.xlsx"], duckdb.connect(), Limits(parser_wall_seconds=0))
    assert "temps" in refused.value.sentence("fr")


def test_a_file_that_is_not_there_or_may_not_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        read_files([tmp_path / "absent.csv"], duckdb.connect())
    if os.geteuid() != 0:  # root reads everything
        (tmp_path / "clos.csv").write_text("a,b\n1,2\n")
        (tmp_path / "clos.csv").chmod(0)
        with pytest.raises(BadInput, match="does not exist"):
            read_files([tmp_path / "clos.csv"], duckdb.connect())


@pytest.mark.parametrize(
    ("limits", "said"),
    [(Limits(file_bytes=10), "trop gros"), (Limits(workbook_bytes=10), "trop gros")],
)
def test_limits_of_size_are_held(tmp_path: Path, limits: Limits, said: str) -> None:
    workbook({"A": [["code", "nom"], [1, "Ada"]]})(tmp_path / "a.xlsx")
    with pytest.raises(BadInput) as refused:
        read_files([tmp_path / "a.xlsx"], duckdb.connect(), limits)
    assert said in refused.value.sentence("fr")


def test_formulas_are_text_and_never_run(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("code,nom\n1,=cmd|' /C calc'!A0\n2,@SUM(1)\n")
    scratch = duckdb.connect()
    (table,) = read_files([tmp_path / "v.csv"], scratch)
    assert scratch.execute(f"SELECT c2 FROM {table.relation}").fetchall() == [("=cmd|' /C calc'!A0",), ("@SUM(1)",)]

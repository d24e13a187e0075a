"""Files of a deposit → tables and profiles; a file that cannot be read says why and does not stop the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import duckdb

from publicc.intake.deposits.report import FileProblem
from publicc.intake.mapping.model import Choice, Mapping, Question, QuestionKind
from publicc.intake.mapping.propose import signature_of
from publicc.intake.reading import Limits, SourceTable, read_files
from publicc.intake.sources.layouts import usual_date_order
from publicc.intake.values import DayOrder, TableProfile, profile_table
from publicc.kernel.errors import BadInput
from publicc.kernel.progress import Progress
from publicc.kernel.text import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class FilesRead:
    """What was found in the files."""

    tables: tuple[SourceTable, ...]
    profiles: tuple[TableProfile, ...]
    problems: tuple[FileProblem, ...]
    questions: tuple[Question, ...]
    notices: tuple[Text, ...]
    folders: tuple[str, ...]
    """Where each table came from: the folder of its file, or the one it had in its archive."""


def read_and_profile(
    scratch: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    *,
    limits: Limits | None,
    progress: Progress,
    memory: Mapping | None,
) -> FilesRead:
    """Read every file into `scratch`, in the order of their names. Raises BadInput when none can be read."""
    tables: list[SourceTable] = []
    folders: list[str] = []
    problems: list[FileProblem] = []
    refusals: list[BadInput] = []
    for path in sorted(files, key=lambda p: (p.name, str(p))):
        try:
            spared: list[BadInput] = []
            found = read_files([path], scratch, limits, progress=progress, spared=spared.append)
            problems += [_problem(path, one, whole_file=False) for one in spared]
            tables += found
            folders += [_folder_of(path, table) for table in found]
        except BadInput as problem:
            refusals.append(problem)
            problems.append(_problem(path, problem))
    if not tables:
        raise _none_readable(refusals)
    profiles, questions = [], []
    for done, table in enumerate(tables):
        progress.step(Text("Examen des valeurs", "Looking at the values"), done=done, total=len(tables))
        profile, asked = _profiled(scratch, table, memory)
        profiles.append(profile)
        questions += asked
    notices = tuple(note for table in tables for note in table.evidence.notes)
    return FilesRead(tuple(tables), tuple(profiles), tuple(problems), tuple(questions), notices, tuple(folders))


def _problem(path: Path, problem: BadInput, *, whole_file: bool = True) -> FileProblem:
    return FileProblem(path.name, Text(problem.sentence("fr"), problem.sentence("en")), whole_file)


def _folder_of(path: Path, table: SourceTable) -> str:
    inside = PurePosixPath(table.part.partition(" › ")[0]).parent if path.suffix.lower() == ".zip" else PurePosixPath()
    return str(path.parent / (path.name if path.suffix.lower() == ".zip" else "") / inside)


def _profiled(
    scratch: duckdb.DuckDBPyConnection, table: SourceTable, memory: Mapping | None
) -> tuple[TableProfile, list[Question]]:
    """The profile of a table; when nothing settles day and month, day first until somebody answers."""
    id_ = f"day_or_month:{signature_of(table.headers)}"
    told = (memory.answers if memory else {}).get(id_) or usual_date_order(table.headers)
    profile = profile_table(scratch, table, day_order=DayOrder(told) if told else None)
    if not profile.questions:
        return profile, []
    header = profile.column(profile.questions[0]).header
    question = Question(
        id=id_,
        kind=QuestionKind.DAY_OR_MONTH,
        text=Text(
            fr="Dans la colonne « {column} », le premier nombre est-il le jour ou le mois ?",
            en="In column “{column}”, is the first number the day or the month?",
        ).filled(column=header),
        file_name=table.file_name,
        choices=(
            Choice(DayOrder.DMY.value, Text("Le jour", "The day")),
            Choice(DayOrder.MDY.value, Text("Le mois", "The month")),
        ),
        default=DayOrder.DMY.value,
        column=header,
        rows=table.row_count,
    )
    return profile_table(scratch, table, day_order=DayOrder.DMY), [question]


def _none_readable(refusals: Sequence[BadInput]) -> BadInput:
    """Why nothing could be read: each file with its own reason."""
    if len(refusals) == 1:
        return refusals[0]
    if refusals:
        return BadInput(
            Text("Aucun de ces fichiers ne se lit.", "None of these files can be read."),
            found=Text(*("\n".join(f"- {problem.sentence(lang)}" for problem in refusals) for lang in LANGUAGES)),
        )
    return BadInput(
        Text("Il n'y a aucun fichier à déposer.", "There is no file to deposit."),
        do=Text("Donner au moins un fichier.", "Give at least one file."),
    )

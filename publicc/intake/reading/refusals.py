"""The sentences that refuse a file: what, where, what was found, what to do. Never a cell's value.

Each function returns the `BadInput` to raise, so that the reader of the code sees the `raise`.
"""

from typing import Final

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

SUPPORTED: Final = Text(
    fr="Formes lues : CSV, TSV, texte à largeur fixe, XLSX, XLS, ODS, JSON, Parquet, seules, en .gz ou dans un ZIP.",
    en="Forms that are read: CSV, TSV, fixed-width text, XLSX, XLS, ODS, JSON, Parquet, alone, as .gz or in a ZIP.",
)
EXPORT_AGAIN: Final = Text(
    fr="Refaire l'exportation depuis la billetterie, de préférence en CSV (UTF-8), et la déposer de nouveau.",
    en="Export it again from the ticketing system, preferably as CSV (UTF-8), and deposit it again.",
)


def _where(place: str) -> Text:
    return Text(fr="Fichier : {place}.", en="File: {place}.").filled(place=place)


def refused(place: str, what: Text, *, found: Text | None = None, do: Text = EXPORT_AGAIN) -> BadInput:
    """A refusal of the file (or part of a file) named `place`."""
    return BadInput(what, where=_where(place), found=found, do=do)


def empty(place: str) -> BadInput:
    """Nothing in the file at all."""
    return refused(place, Text(fr="Ce fichier est vide.", en="This file is empty."))


def no_rows(place: str) -> BadInput:
    """A header and nothing under it."""
    return refused(
        place,
        Text(
            fr="Ce fichier a une ligne d'en-tête et aucune donnée.",
            en="This file has a header row and no data.",
        ),
        do=Text(
            fr="Vérifier la période et les filtres choisis dans la billetterie, puis refaire l'exportation.",
            en="Check the period and the filters chosen in the ticketing system, then export again.",
        ),
    )


def missing(place: str) -> BadInput:
    """No such file, or one that may not be opened."""
    return refused(
        place,
        Text(
            fr="Ce fichier n'existe pas ou ne peut pas être ouvert.", en="This file does not exist or cannot be opened."
        ),
        do=Text(
            fr="Vérifier le nom du fichier et ses droits de lecture.", en="Check the file's name and its read rights."
        ),
    )


def too_big(place: str, size: int, limit: int) -> BadInput:
    """Larger than the limit for its form."""
    return refused(
        place,
        Text(fr="Ce fichier est trop gros.", en="This file is too big."),
        found=Text(fr="{size} Mo, la limite est {limit} Mo.", en="{size} MB, the limit is {limit} MB.").filled(
            size=-(-size // 1_000_000), limit=limit // 1_000_000
        ),
        do=Text(
            fr="Exporter une période plus courte, ou en CSV plutôt qu'en classeur.",
            en="Export a shorter period, or as CSV instead of a workbook.",
        ),
    )


def unsupported(place: str, found: Text) -> BadInput:
    """A kind of file that is not read."""
    return refused(
        place,
        Text(fr="Ce n'est pas un fichier de données lisible ici.", en="This is no data file that can be read here."),
        found=found,
        do=SUPPORTED,
    )


def name_and_content_differ(place: str, found: Text) -> BadInput:
    """Binary renamed `.csv`, an archive named `.xlsx`."""
    return refused(
        place,
        Text(
            fr="Le contenu de ce fichier n'est pas ce que dit son nom.",
            en="This file's content is not what its name says.",
        ),
        found=found,
    )


def macros(place: str) -> BadInput:
    """A workbook which may run programs."""
    return refused(
        place,
        Text(fr="Les classeurs avec macros ne sont pas acceptés.", en="Workbooks with macros are not accepted."),
        do=Text(
            fr="L'ouvrir dans un tableur, l'enregistrer en XLSX sans macro ou en CSV, et déposer ce fichier.",
            en="Open it in a spreadsheet program, save it as XLSX without macros or as CSV, and deposit that file.",
        ),
    )


def encrypted(place: str) -> BadInput:
    """A password is needed."""
    return refused(
        place,
        Text(fr="Ce fichier est protégé par un mot de passe.", en="This file is protected by a password."),
        do=Text(
            fr="L'enregistrer sans mot de passe et le déposer de nouveau.",
            en="Save it without a password and deposit it again.",
        ),
    )


def damaged(place: str) -> BadInput:
    """Truncated or corrupt container."""
    return refused(
        place,
        Text(fr="Ce fichier est incomplet ou endommagé.", en="This file is incomplete or damaged."),
        do=Text(
            fr="Le télécharger ou l'exporter de nouveau jusqu'au bout, puis le déposer.",
            en="Download or export it again to the end, then deposit it.",
        ),
    )


def inflates(place: str, limit: int) -> BadInput:
    """A small container that unpacks to an unreasonable size."""
    return refused(
        place,
        Text(
            fr="Ce fichier compressé devient démesuré une fois ouvert.",
            en="This compressed file becomes enormous when opened.",
        ),
        found=Text(
            fr="Plus de {limit} Mo, ou plus que ce qu'il annonce.", en="More than {limit} MB, or more than it declares."
        ).filled(limit=limit // 1_000_000),
    )


def too_many_members(place: str, found: int, limit: int) -> BadInput:
    """An archive of thousands of files."""
    return refused(
        place,
        Text(fr="Cette archive contient trop de fichiers.", en="This archive holds too many files."),
        found=Text(fr="{n} fichiers, la limite est {limit}.", en="{n} files, the limit is {limit}.").filled(
            n=found, limit=limit
        ),
        do=Text(fr="N'y mettre que les exportations.", en="Put only the exports in it."),
    )


def nested(place: str) -> BadInput:
    """An archive in an archive."""
    return refused(
        place,
        Text(fr="Une archive dans une archive n'est pas ouverte.", en="An archive inside an archive is not opened."),
        do=Text(fr="Déposer directement les fichiers qu'elle contient.", en="Deposit the files it holds directly."),
    )


def unsafe_member(place: str) -> BadInput:
    """A member whose path leaves the archive, or which is a link."""
    return refused(
        place,
        Text(
            fr="Un élément de cette archive vise un endroit hors de l'archive.",
            en="A member of this archive points outside the archive.",
        ),
        do=Text(
            fr="Refaire l'archive à partir des exportations seules.",
            en="Make the archive again from the exports alone.",
        ),
    )


def foreign_parts(place: str) -> BadInput:
    """A workbook with external links, or XML that defines entities."""
    return refused(
        place,
        Text(
            fr="Ce classeur contient des liens vers d'autres fichiers ou des définitions qui ne sont pas acceptées.",
            en="This workbook holds links to other files or definitions that are not accepted.",
        ),
        do=Text(
            fr="L'enregistrer en CSV, ou coller ses valeurs dans un classeur neuf, et déposer ce fichier.",
            en="Save it as CSV, or paste its values in a new workbook, and deposit that file.",
        ),
    )


def too_heavy(place: str) -> BadInput:
    """The parser ran out of memory or time."""
    return refused(
        place,
        Text(
            fr="Ce fichier demande trop de mémoire ou de temps pour être ouvert.",
            en="This file needs too much memory or time to be opened.",
        ),
        do=Text(
            fr="L'exporter en CSV, qui n'a pas cette limite, ou par périodes plus courtes.",
            en="Export it as CSV, which has no such limit, or by shorter periods.",
        ),
    )


def nul_bytes(place: str, line: int) -> BadInput:
    """Text with NUL characters: a cut transfer or a binary file."""
    return refused(
        place,
        Text(
            fr="Ce fichier contient des caractères nuls : il est endommagé ou n'est pas du texte.",
            en="This file holds NUL characters: it is damaged or is no text.",
        ),
        found=Text(fr="Premier à la ligne {line}.", en="First one on line {line}.").filled(line=line),
    )


def endless_line(place: str, line: int, limit: int) -> BadInput:
    """A line longer than any real row."""
    return refused(
        place,
        Text(fr="Ce fichier a une ligne démesurée.", en="This file has an enormous line."),
        found=Text(
            fr="La ligne {line} dépasse {limit} caractères.", en="Line {line} is longer than {limit} characters."
        ).filled(line=line, limit=limit),
    )


def long_cell(place: str, row: int, limit: int) -> BadInput:
    """A cell longer than any real value: usually a quote that never closes."""
    return refused(
        place,
        Text(fr="Ce fichier a une cellule démesurée.", en="This file has an enormous cell."),
        found=Text(
            fr="À la ligne {row}, une cellule dépasse {limit} caractères.",
            en="In row {row}, a cell is longer than {limit} characters.",
        ).filled(row=row, limit=limit),
        do=Text(
            fr="Vérifier les guillemets de cette ligne, ou retirer la colonne de long texte, et exporter de nouveau.",
            en="Check the quotes of that row, or leave out the column of long text, and export again.",
        ),
    )


def too_many_columns(place: str, found: int, limit: int) -> BadInput:
    """Wider than any export of a ticketing system."""
    return refused(
        place,
        Text(fr="Ce fichier a trop de colonnes.", en="This file has too many columns."),
        found=Text(fr="{n} colonnes, la limite est {limit}.", en="{n} columns, the limit is {limit}.").filled(
            n=found, limit=limit
        ),
        do=Text(
            fr="Choisir les colonnes utiles (clients, ventes, représentations) et exporter de nouveau.",
            en="Choose the useful columns (customers, sales, performances) and export again.",
        ),
    )


def not_a_table(place: str) -> BadInput:
    """Readable, but no rows and columns can be seen in it."""
    return refused(
        place,
        Text(fr="Aucun tableau n'a été reconnu dans ce fichier.", en="No table was recognised in this file."),
        do=SUPPORTED,
    )

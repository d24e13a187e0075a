"""How files come in by the web: streamed to disk, stopped at the limit, a sentence for each file left out."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from publicc.kernel.text import Text

MIB: Final = 1024 * 1024
_WORKBOOKS: Final = {".xlsx", ".xls", ".ods"}
_KNOWN: Final = _WORKBOOKS | {".csv", ".tsv", ".txt", ".zip", ".parquet", ".json", ".ndjson", ".jsonl", ".gz"}
P = ParamSpec("P")


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes each file to disk as it comes, and leaves out what is too many, too large or of no use."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.left_out: list[tuple[str, Text]] = []
        self.count = 0
        self.limit = 0
        self.received = 0

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Begin a file, or leave it out at once."""
        ending = f".{file_name.rpartition('.')[2].lower()}"
        self.__dict__.pop("file", None)  # Django closes `file` when one is left out: it must not be the one before
        self.count += 1
        self.received = 0
        self.limit = settings.UPLOAD_WORKBOOK_BYTES if ending in _WORKBOOKS else settings.UPLOAD_FILE_BYTES
        if self.count > settings.UPLOAD_FILES:
            self._leave_out(file_name, Text("trop de fichiers en une fois.", "too many files at once."))
        if ending not in _KNOWN:
            self._leave_out(file_name, _UNKNOWN_FORM)
        super().new_file(field_name, file_name, *args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, or stop at the limit."""
        self.received += len(raw_data)
        if self.received > self.limit:
            self._leave_out(self.file_name or "", _TOO_LARGE.filled(n=self.limit // MIB))
        super().receive_data_chunk(raw_data, start)

    def _leave_out(self, file_name: str, why: Text) -> None:
        self.left_out.append((file_name, why))
        raise SkipFile


_UNKNOWN_FORM: Final = Text(
    "ce genre de fichier ne contient pas de tableau. Exporter en CSV ou en XLSX.",
    "this kind of file holds no table. Export as CSV or XLSX.",
)
_TOO_LARGE: Final = Text(
    "plus de {n} Mo. Exporter en CSV, ou une période à la fois.",
    "more than {n} MB. Export as CSV, or one period at a time.",
)


def bounded(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Put the handler in place before anything reads the request, the check of the form's token included."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def received(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST":
            handler = BoundedUpload(request)
            request.upload_handlers = [handler]
            request.bounded = handler  # type: ignore[attr-defined]
        return checked(request, *args, **kwargs)

    return received


def left_out(request: HttpRequest) -> list[tuple[str, Text]]:
    """The files that were left out, with the reason of each."""
    handler: BoundedUpload | None = getattr(request, "bounded", None)
    return handler.left_out if handler else []

"""The hub as a program sees it: one method an operation of the API."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self
from uuid import UUID

import httpx

from publicc.client.calling import Caller, Params
from publicc.client.shapes import (
    Answer,
    Brought,
    Deposit,
    Dimension,
    Entry,
    Metric,
    Organization,
    ReportKind,
    read,
    read_answer,
    read_deposit,
)

Form = Literal["pdf", "xlsx", "pptx", "csv"]
A_PAGE: Final = 1000


class Hub:
    """A hub, called with a token made on its page *Jetons d'accès*.

    Every method raises a `Problem` (`BadRequest`, `WhoAreYou`, `Forbidden`, `NotThere`, `TooMany`, `Busy`) when the hub
    refuses, `Unreachable` when it cannot be reached.
    """

    def __init__(
        self,
        address: str,
        token: str,
        *,
        lang: Literal["fr", "en"] = "fr",
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`address`: of the site, as `https://publicc.example`. `lang`: of labels and problems. `timeout`: seconds."""
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": lang, "Accept": "application/json"}
        self._http = httpx.Client(
            base_url=f"{address.rstrip('/')}/api/v1/", headers=headers, timeout=timeout, transport=transport
        )
        self._caller = Caller(self._http, sleep)

    def __enter__(self) -> Self:
        """The hub, closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what was opened."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def metrics(self) -> tuple[Metric, ...]:
        """Every figure there is, with its definition."""
        return tuple(read(Metric, one) for one in self._caller.json("metrics"))

    def metric(self, metric_id: str) -> Metric:
        """The definition of one figure."""
        return read(Metric, self._caller.json(f"metrics/{metric_id}"))

    def dimensions(self) -> tuple[Dimension, ...]:
        """What figures are cut and filtered by."""
        return tuple(read(Dimension, one) for one in self._caller.json("dimensions"))

    def organizations(self) -> tuple[Organization, ...]:
        """The organizations that the token opens."""
        return tuple(read(Organization, one) for one in self._caller.json("organizations"))

    def query(
        self,
        organization: str,
        metrics: Sequence[str],
        *,
        by: Sequence[str] = (),
        where: Mapping[str, str | Sequence[str]] | None = None,
        period: str = "",
    ) -> Answer:
        """Own figures, every row of them. `period`: `2018-2019`, `2018-09` or `2018-09-01..2019-02-28`."""
        params = [("metric", one) for one in metrics] + [("by", one) for one in by]
        for name, values in (where or {}).items():
            params += [("where", f"{name}={one}") for one in ([values] if isinstance(values, str) else values)]
        if period:
            params.append(("period", period))
        path = f"organizations/{organization}/query"
        first = self._page(path, params, 0)
        rows = list(first["rows"])
        while len(rows) < first["page"]["count"]:
            more = self._page(path, params, len(rows))["rows"]
            if not more:
                break
            rows += more
        return read_answer(first, rows)

    def quality(self, organization: str) -> Mapping[str, Any]:
        """The quality report of the last deposit."""
        told: Mapping[str, Any] = self._caller.json(f"organizations/{organization}/quality")
        return told

    def directory(self, kind: Literal["show", "venue", ""] = "") -> Iterator[Entry]:
        """The entries of the common directory, by name."""
        return (read(Entry, one) for one in self._items("directory", [("kind", kind)] if kind else []))

    def deposits(self, organization: str) -> Iterator[Deposit]:
        """The deposits, newest first."""
        return (read_deposit(one) for one in self._items(f"organizations/{organization}/deposits", []))

    def deposit(self, organization: str, number: UUID) -> Deposit:
        """One deposit: where it is on its way."""
        return read_deposit(self._caller.json(f"organizations/{organization}/deposits/{number}"))

    def bring(self, organization: str, files: Sequence[Path]) -> Brought:
        """Bring files to be read; a person confirms on the deposit's page what was understood of them."""
        sent = [("files", (one.name, one.read_bytes())) for one in files]
        told = self._caller.send(f"organizations/{organization}/deposits", sent)
        return Brought(read_deposit(told["deposit"]), {one["file"]: one["why"] for one in told["left_out"]})

    def reports(self, organization: str) -> tuple[ReportKind, ...]:
        """The reports that can be made."""
        return tuple(read(ReportKind, one) for one in self._caller.json(f"organizations/{organization}/reports"))

    def report(
        self,
        organization: str,
        kind: str,
        *,
        form: Form = "pdf",
        season: str = "",
        period: str = "",
        show: str = "",
        survey: str = "",
        lang: Literal["fr", "en", ""] = "",
    ) -> bytes:
        """A report as a file, the very bytes of the site's."""
        given = {"format": form, "season": season, "period": period, "show": show, "survey": survey, "lang": lang}
        params = [(name, value) for name, value in given.items() if value]
        return self._caller.content(f"organizations/{organization}/reports/{kind}", params)

    def _page(self, path: str, params: Params, offset: int) -> Any:  # noqa: ANN401 - any JSON
        return self._caller.json(path, [*params, ("limit", str(A_PAGE)), ("offset", str(offset))])

    def _items(self, path: str, params: Params) -> Iterator[Mapping[str, Any]]:
        """Every item, a page at a time, asked for as they are taken."""
        at = 0
        while True:
            told = self._page(path, params, at)
            yield from told["items"]
            at += len(told["items"])
            if not told["items"] or at >= told["page"]["count"]:
                return

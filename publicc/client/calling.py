"""One call: tried again when that helps, not sent again when nothing changed, raised when it is a problem."""

import random
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import httpx

Params = Sequence[tuple[str, str]]
TRIES: Final = 5
LONGEST_WAIT: Final = 60.0
"""Seconds: a hub that asks to wait longer is told of, not waited for."""
KEPT: Final = 256
_AGAIN: Final = frozenset({429, 502, 503, 504})


class Problem(Exception):
    """What the hub answered instead (RFC 9457). `code` is stable; `detail` is for a person, in the language asked."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        """`told`: the problem as JSON; empty when the answer was none."""
        self.status, self.code = status, str(told.get("code", ""))
        self.title, self.detail = str(told.get("title", "")), str(told.get("detail", ""))
        self.wrong: tuple[Mapping[str, str], ...] = tuple(told.get("wrong") or ())
        super().__init__(f"{self.title} ({status}, {self.code}). {self.detail}".strip())


class BadRequest(Problem):
    """What was asked cannot be used, or a parameter cannot be read (400, 422)."""


class WhoAreYou(Problem):
    """The token is none, or no longer good (401)."""


class Forbidden(Problem):
    """Not open to this token or to the role of its person (403)."""


class NotThere(Problem):
    """No such thing, or another organization's (404)."""


class TooMany(Problem):
    """Too many calls, even after waiting (429)."""


class Busy(Problem):
    """The work is under way, even after waiting (503)."""


class Unreachable(Exception):
    """The hub could not be reached, even after several tries."""


_KINDS: Final[Mapping[int, type[Problem]]] = {
    400: BadRequest,
    401: WhoAreYou,
    403: Forbidden,
    404: NotThere,
    422: BadRequest,
    429: TooMany,
    503: Busy,
}


class Caller:
    """Calls one hub with one token."""

    def __init__(self, http: httpx.Client, sleep: Callable[[float], None] = time.sleep) -> None:
        """`http`: knows the hub's address and the token. `sleep`: how to wait between tries."""
        self._http, self._sleep = http, sleep
        self._held: OrderedDict[str, tuple[str, Any]] = OrderedDict()

    def json(self, path: str, params: Params = ()) -> Any:  # noqa: ANN401 - any JSON
        """What a GET answers; not sent again by the hub when it did not change since the last time."""
        key = f"{path}?{httpx.QueryParams(list(params))}"
        tag, held = self._held.get(key, ("", None))
        answer = self._tried("GET", path, params=list(params), headers={"If-None-Match": tag} if tag else {})
        if answer.status_code == HTTPStatus.NOT_MODIFIED:
            self._held.move_to_end(key)
            return held
        told = answer.json()
        if answer.headers.get("ETag"):
            self._held[key] = (answer.headers["ETag"], told)
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return told

    def content(self, path: str, params: Params = ()) -> bytes:
        """The file that a GET answers."""
        return self._tried("GET", path, params=list(params)).content

    def send(self, path: str, files: Sequence[tuple[str, tuple[str, bytes]]]) -> Any:  # noqa: ANN401 - any JSON
        """What posting files answers. Tried again only where the hub says that it took nothing."""
        return self._tried("POST", path, files=list(files)).json()

    def _tried(self, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        for at in range(TRIES):
            last = at == TRIES - 1
            try:
                answer = self._http.request(method, path, **more)
            except httpx.TransportError as problem:
                if last or method != "GET":
                    raise Unreachable(f"{self._http.base_url}: {type(problem).__name__}") from problem
                self._sleep(_pause(at, None))
                continue
            wait = _pause(at, answer.headers.get("Retry-After"))
            if last or answer.status_code not in _may_again(method) or wait > LONGEST_WAIT:
                return _checked(answer)
            self._sleep(wait)
        raise Unreachable(str(self._http.base_url))


def _may_again(method: str) -> frozenset[int]:
    """A POST is sent again only after a refusal that came before anything was done."""
    return _AGAIN if method == "GET" else frozenset({429})


def _pause(at: int, asked: str | None) -> float:
    """Seconds: what the hub asks, else half a second doubling each time, with some chance in it."""
    if asked is not None and asked.isdigit():
        return float(asked)
    return float(0.5 * 2**at * random.uniform(0.8, 1.2))  # noqa: S311 - only spreads tries


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.status_code < HTTPStatus.BAD_REQUEST:
        return answer
    try:
        told = answer.json()
    except ValueError:
        told = {}
    told = told if isinstance(told, dict) else {}
    raise _KINDS.get(answer.status_code, Problem)(answer.status_code, {"title": answer.reason_phrase, **told})

"""The forms of a page, read as a browser does, and filled in with values of one's own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

_TODAY: Final = date(2026, 11, 22).isoformat()
_LINKS: Final = ("href", "src", "data-chart", "hx-get", "hx-post", "data-table", "data-url", "formaction")
Given = dict[str, list[str]]


@dataclass
class Form:
    """Where it is sent, how, and each field: its kind and the values that may be sent."""

    action: str
    method: str
    fields: dict[str, tuple[str, list[str]]] = field(default_factory=dict)

    def filled(self, word: Callable[[], str]) -> Given:
        """What a person would send. `word` gives a new value of theirs for each field of text."""
        return {name: _answered(kind, values, word) for name, (kind, values) in self.fields.items() if kind != "file"}


def _answered(kind: str, values: list[str], word: Callable[[], str]) -> list[str]:
    given = [one for one in values if one]
    if kind in {"checkbox", "hidden"} or (kind in {"select", "radio", "number", "submit"} and given):
        return values if kind in {"checkbox", "hidden"} else given[:1]
    if kind in {"date", "number"}:
        return given[:1] or [_TODAY if kind == "date" else "1"]
    told = word()
    return {"email": [f"{told}@{told}.example"], "url": [f"https://{told}.example/"]}.get(kind, [told])


class Page(HTMLParser):
    """The addresses and the forms that a page holds."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__()
        self.address, self.links, self.forms = address, list[str](), list[Form]()
        self._form: Form | None = None
        self._select, self._text = "", ""
        self.feed(html)

    def addresses(self) -> set[str]:
        """Every address of the site that the page names."""
        found = {urljoin(self.address, link) for link in self.links}
        return {one for one in found if not urlsplit(one).netloc and one.startswith("/")}

    def posted(self) -> list[tuple[str, Form]]:
        """The forms that change something, and where each is sent."""
        return [(urljoin(self.address, one.action), one) for one in self.forms if one.method == "post"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Links anywhere; fields inside a form."""
        told = {name: value or "" for name, value in attrs}
        self.links += [told[name] for name in _LINKS if told.get(name)]
        name = told.get("name", "")
        if tag == "form":
            self._form = Form(told.get("action") or self.address, told.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "select":
            self._select = name
            self._put(name, "select")
        elif tag == "option" and self._select:
            self._put(self._select, "select", told.get("value", ""))
        elif tag == "textarea":
            self._put(name, "text")
        elif tag in {"input", "button"} and name:
            kind = told.get("type", "submit" if tag == "button" else "text")
            self._put(name, kind, told.get("value", "on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        """What a form or a list holds ends with it."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _put(self, name: str, kind: str, *values: str) -> None:
        if name and self._form is not None and name != "csrfmiddlewaretoken":
            self._form.fields.setdefault(name, (kind, []))[1].extend(values)

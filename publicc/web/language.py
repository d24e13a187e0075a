"""The language of a page and the comfort of its reader: French unless English is asked for; light, dark or system."""

from typing import Final, Literal, TypeAlias

from django.http import HttpRequest
from django.utils.translation import get_language

from publicc.kernel.text import Lang, language

Theme: TypeAlias = Literal["light", "dark", "system"]
THEMES: Final[tuple[Theme, ...]] = ("system", "light", "dark")
THEME_COOKIE: Final = "theme"


def lang_of(request: HttpRequest) -> Lang:
    """The language this page is written in, decided by LocaleMiddleware (cookie, then the browser, then French)."""
    return language(getattr(request, "LANGUAGE_CODE", None) or get_language())


def theme_of(request: HttpRequest) -> Theme:
    """What the reader chose; the system's own setting until they choose."""
    chosen = request.COOKIES.get(THEME_COOKIE)
    return next((theme for theme in THEMES if theme == chosen), "system")

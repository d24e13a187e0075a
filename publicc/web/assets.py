"""Files made from others when first asked for: style sheets from tokens and components, one script to draw charts.

The script is the Vega bundle that vl-convert carries, so that pages, PDFs and slides draw with the same code. It holds
the Vega interpreter, which the security policy needs (no `unsafe-eval`). Nothing is downloaded, nothing minified kept.
"""

import os
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import vl_convert
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

WEB: Final = Path(__file__).parent
VEGA_LITE: Final = "6.4"
_MADE: Final = ("web/site.css", "web/answering.css", "web/vega.js")
_ANSWERING: Final = ("field", "notice", "error_summary", "questionnaire")
_SHEETS_FIRST: Final = ("tokens.css", "base.css", "layout.css")


def style_sheet() -> str:
    """Every style of the site: tokens, base, layout, then one sheet a component, then print."""
    styles = WEB / "styles"
    sheets = [styles / name for name in _SHEETS_FIRST]
    sheets += sorted((WEB / "templates" / "components").glob("*/*.css"))
    sheets.append(styles / "print.css")
    return "\n".join(f"/* {sheet.name} */\n{sheet.read_text(encoding='utf-8')}" for sheet in sheets)


def answering_sheet() -> str:
    """The styles of public survey pages alone: a phone on a weak network loads nothing of the site's other pages."""
    components = WEB / "templates" / "components"
    sheets = [WEB / "styles" / "tokens.css", WEB / "styles" / "base.css"]
    sheets += [components / name / f"{name}.css" for name in _ANSWERING]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def chart_script() -> str:
    """Vega, Vega-Lite, Vega-Embed and the interpreter, as one script that sets `window.vegaEmbed`."""
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE))


def _write(target: Path, content: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    fresh.write_text(content, encoding="utf-8")
    fresh.replace(target)


def build(folder: Path) -> None:
    """Write the made files into `folder`. The chart script is made once a version; the sheet each time."""
    charts = folder / "web" / "vega.js"
    stamp = folder / "vega.version"
    wanted = f"{version('vl-convert-python')} {VEGA_LITE}"
    if not charts.exists() or not stamp.exists() or stamp.read_text() != wanted:
        _write(charts, chart_script())
        _write(stamp, wanted)
    _write(folder / "web" / "site.css", style_sheet())
    _write(folder / "web" / "answering.css", answering_sheet())


class MadeFiles(BaseFinder):
    """Lets Django's static files find what `build` makes, and the scripts that lie beside their component."""

    def __init__(self, *_: object, **__: object) -> None:
        self.folder = Path(settings.HOME) / "assets"
        self.made = FileSystemStorage(location=self.folder)

    def check(self, **kwargs: Any) -> list[Any]:  # noqa: ARG002, ANN401 - the finder's signature
        """Nothing to check: both folders are ours."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: ANN401, ARG002, FBT001, FBT002
        """The file of a static path, made first when it is ours to make."""
        if path in _MADE:
            build(self.folder)
            found = self.folder / path
        else:
            found = WEB / "templates" / "components" / path.removeprefix("components/")
            if not (path.startswith("components/") and found.suffix == ".js" and found.is_file()):
                return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:  # noqa: ARG002
        """Every file, for `collectstatic`."""
        build(self.folder)
        for path in _MADE:
            yield path, self.made
        scripts = FileSystemStorage(location=WEB / "templates")
        for script in sorted((WEB / "templates" / "components").glob("*/*.js")):
            yield f"components/{script.parent.name}/{script.name}", scripts

"""The definition pages of `docs/metrics`: a family and a language each, written from the registry: they cannot lie."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from publicc.kernel.text import LANGUAGES, Lang, Text
from publicc.metrics import definitions
from publicc.metrics.definition import Metric
from publicc.metrics.dimensions import DIMENSIONS, can_cut
from publicc.metrics.examples import EXAMPLES

_NOTE: Final = Text(
    "Page écrite à partir du registre (`tools/metric-pages`). Voir les [conventions](conventions.fr.md).",
    "Page written from the registry (`tools/metric-pages`). See the [conventions](conventions.en.md).",
)
_NEVER: Final = Text("–", "–")


def pages() -> Iterator[tuple[str, str]]:
    """File name and Markdown of every page."""
    for module in pkgutil.iter_modules(definitions.__path__):
        family = importlib.import_module(f"{definitions.__name__}.{module.name}")
        for lang in LANGUAGES:
            yield f"{module.name}.{lang}.md", _page(module.name, family.METRICS, lang)


def write(folder: Path) -> None:
    """Write every page into the folder."""
    for name, content in pages():
        (folder / name).write_text(content, encoding="utf-8")


def _page(family: str, metrics: tuple[Metric, ...], lang: Lang) -> str:
    parts = [f"# {family.replace('_', ' ').capitalize()}", _NOTE.said(lang), *(_entry(one, lang) for one in metrics)]
    return "\n\n".join(parts) + "\n"


def _entry(one: Metric, lang: Lang) -> str:
    cuts = ", ".join(f"`{name}`" for name in DIMENSIONS if can_cut(one, name))
    rows = (
        (Text("Formule", "Formula"), one.formula),
        (Text("Compte", "In"), one.counts_in),
        (Text("Ne compte pas", "Out"), one.counts_out),
        (Text("Unité", "Unit"), Text(one.unit.value, one.unit.value)),
        (Text("Base minimale", "Minimum base"), one.base),
        (Text("Se lit par", "Read by"), _listed(one.axis)),
        (Text("Se découpe par", "Cut by"), Text(cuts, cuts) if cuts else _NEVER),
        (Text("Champs requis", "Needs"), _listed(one.needs)),
        (Text("Source", "Source"), Text(one.source, one.source)),
    )
    lines = [f"## {one.label.said(lang)} · `{one.id}` · v{one.version}", "", "| | |", "|---|---|"]
    lines += [f"| {title.said(lang)} | {text.said(lang).replace('|', chr(92) + '|')} |" for title, text in rows]
    examples = [f"**{name}.** {EXAMPLES[name].said(lang)}" for name in one.examples]
    return "\n".join([*lines, *(f"\n{example}" for example in examples)])


def _listed(names: tuple[str, ...]) -> Text:
    return Text(", ".join(f"`{name}`" for name in names), ", ".join(f"`{name}`" for name in names)) if names else _NEVER

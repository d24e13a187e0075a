"""`publicc metrics`: every figure there is, or the definition of one."""

import json
from typing import Annotated

import typer

from publicc.cli.app import speak
from publicc.cli.tables import drawn_table
from publicc.kernel.text import Lang, Text
from publicc.metrics.definition import Metric
from publicc.metrics.dimensions import DIMENSIONS, can_cut
from publicc.metrics.registry import METRICS, metric
from publicc.metrics.telling import FIELDS, metric_as_json

app = typer.Typer()


@app.command()
def metrics(
    metric_id: Annotated[str | None, typer.Argument(help="One metric, in full.", metavar="ID")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,  # noqa: FBT002
) -> None:
    """The registry of figures, with their definitions.

    Example: publicc metrics occupancy_rate
    """
    spoken = speak(lang)
    chosen = [metric(metric_id)] if metric_id else list(METRICS.values())
    if as_json:
        told = [metric_as_json(one, spoken) for one in chosen]
        typer.echo(json.dumps(told[0] if metric_id else told, ensure_ascii=False, indent=1))
    elif metric_id:
        typer.echo(_card(chosen[0], spoken))
    else:
        rows = [(one.id, one.label.said(spoken), one.unit.value) for one in chosen]
        typer.echo(drawn_table(("id", *_HEADS[spoken]), rows, left=3))


_HEADS = {"fr": ("mesure", "unité"), "en": ("metric", "unit")}


def _card(one: Metric, lang: Lang) -> str:
    lines = [f"{one.label.said(lang)} · {one.id} · v{one.version} · {one.unit.value}", ""]
    lines += [f"{title.said(lang)}: {getattr(one, name).said(lang)}" for name, title in FIELDS.items()]
    lines.append(Text("Source : {s}", "Source: {s}").said(lang, s=one.source))
    cuts = ", ".join(name for name in DIMENSIONS if can_cut(one, name)) or "–"
    lines.append(Text("Se découpe par : {c}", "Can be cut by: {c}").said(lang, c=cuts))
    return "\n".join(lines)

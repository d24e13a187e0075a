"""`publicc segment train|list|show|name|undo|publish|score|drift`: the common segmentation."""

import importlib
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import django
import typer

from publicc.cli import installation
from publicc.cli.app import spoken_language
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.formats import number, percent
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.store.home import Home

app = typer.Typer(help="The common segmentation: profiles learnt on the pool, told at home.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")]
Version = Annotated[str | None, typer.Argument(help="Number of the version; the newest by default.")]


def _room(module: str) -> Any:  # noqa: ANN401 - a module, loaded once Django is ready
    django.setup()
    installation.prepare_database()
    return importlib.import_module(f"publicc.segments.{module}")


@app.command()
def train(
    *,
    draws: Annotated[int, typer.Option(min=2, max=500, help="Draws of the bootstrap.")] = 50,
    starts: Annotated[int, typer.Option(min=10, max=500, help="Random starts of each fit.")] = 50,
    profiles: Annotated[str, typer.Option(help="Numbers of profiles to try.")] = "4,5,6,7,8",
    as_json: AsJson = False,
) -> None:
    """Learn a draft on the pool, of the organizations whose agreement allows it.

    Example: publicc segment train --profiles 4,5,6
    """
    deeds, learning = _room("learning_actions"), importlib.import_module("publicc.segments.learning")
    settings = learning.Settings(draws=draws, starts=starts, candidates=_numbers(profiles))
    version = deeds.train(Home.from_environment(), deeds.begin(), settings, installation.Told())
    _show(version, as_json=as_json)


@app.command("list")
def list_versions(*, as_json: AsJson = False) -> None:
    """Every version, the newest first.

    Example: publicc segment list
    """
    found = list(_room("models").SegmentVersion.objects.all())
    if as_json:
        _print_json({"versions": [_brief(one) for one in found]})
        return
    if not found:
        raise NotFound(
            Text("Aucune segmentation n'a encore été apprise.", "No segmentation has been trained yet."),
            do=Text("Lancer publicc segment train.", "Run publicc segment train."),
        )
    for one in found:
        sys.stdout.write(f"{one.version}\t{one.state}\t{one.sha256[:12]}\n")


@app.command()
def show(version: Version = None, *, as_json: AsJson = False) -> None:
    """A version: its profiles, the evidence for them; with --json, the model file itself.

    Example: publicc segment show 2026.1 --json > model.json
    """
    _show(_room("queries").version_named(version), as_json=as_json)


@app.command()
def name(
    words: Annotated[
        Path,
        typer.Argument(help='JSON: {"P1": {"name": {"fr": …, "en": …}, "card": {"fr": …, "en": …}}, …}.', exists=True),
    ],
    version: Version = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Give profiles their names and cards, in both languages.

    Example: publicc segment name names.json 2026.1
    """
    queries, deeds = _room("queries"), importlib.import_module("publicc.segments.actions")
    _show(deeds.rename(queries.version_named(version), _words(words)), as_json=as_json)


@app.command()
def undo(version: Version = None, *, as_json: AsJson = False) -> None:
    """Bring back the names and cards that the last ones replaced.

    Example: publicc segment undo 2026.1
    """
    queries, deeds = _room("queries"), importlib.import_module("publicc.segments.actions")
    _show(deeds.undo_words(queries.version_named(version)), as_json=as_json)


@app.command()
def publish(
    version: Version = None,
    *,
    vote: Annotated[str, typer.Option(help="Why the collective accepts that many people change profile.")] = "",
    as_json: AsJson = False,
) -> None:
    """Put a named version in force, and score every organization's buyers by it.

    Example: publicc segment publish 2026.1
    """
    queries, deeds = _room("queries"), importlib.import_module("publicc.segments.actions")
    found = deeds.publish(queries.version_named(version), vote=vote, score=False)
    importlib.import_module("publicc.segments.tasks").score_all(Home.from_environment())
    _show(found, as_json=as_json)


@app.command()
def score(
    *,
    organization: Annotated[str | None, typer.Option(help="One organization; all of them by default.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell the profile of every buyer again, each organization's from its own rows.

    Example: publicc segment score --organization theatre-du-nord
    """
    model = _room("queries").current()
    if model is None:
        raise NotFound(
            Text("Aucune segmentation n'est en vigueur.", "No segmentation is in force."),
            do=Text(
                "Lancer publicc segment train, nommer, puis publish.", "Run publicc segment train, name, then publish."
            ),
        )
    home = Home.from_environment()
    if organization is None:
        told = importlib.import_module("publicc.segments.tasks").score_all(home)
    else:
        local = importlib.import_module("publicc.segments.local")
        told = {organization: local.score_organization(home, OwnRows(organization), model)}
    if as_json:
        _print_json({"version": model.version, "buyers": told})
        return
    for slug, n in told.items():
        sys.stdout.write(f"{slug}\t{n}\n")


@app.command()
def drift(*, as_json: AsJson = False) -> None:
    """How far people have moved since the version in force was trained, and whether to train again.

    Example: publicc segment drift
    """
    version = _room("learning_actions").measure_drift(Home.from_environment())
    if as_json:
        _print_json({"version": version.version, **version.drift})
        return
    lang, drifting = spoken_language(), importlib.import_module("publicc.segments.drifting")
    found = drifting.read_drift(version.drift)
    sys.stdout.write(f"{version.version}\t{found.verdict.label.said(lang)}\n")
    for one in version.model.features:
        if one.id in found.features:
            sys.stdout.write(f"{one.label.said(lang)}\t{number(found.features[one.id], lang, 2)}\n")
    left_out = (percent(found.undetermined_then, lang), percent(found.undetermined_now, lang))
    told = Text(
        "Indéterminés : {then} à l'apprentissage, {now} maintenant", "Undetermined: {then} at training, {now} now"
    )
    sys.stdout.write(told.filled(then=left_out[0], now=left_out[1]).said(lang) + "\n")
    sys.stdout.write(drifting.SENTENCES[found.verdict].said(lang) + "\n")


def _numbers(told: str) -> tuple[int, ...]:
    try:
        found = tuple(sorted({int(one) for one in told.split(",")}))
    except ValueError:
        found = ()
    if not found or not 2 <= found[0] <= found[-1] <= 12:
        raise BadInput(
            Text("Ces nombres de profils ne se lisent pas.", "These numbers of profiles cannot be read."),
            found=Text(f"--profiles {told}.", f"--profiles {told}."),
            do=Text("Écrire par exemple 4,5,6 (de 2 à 12).", "Write for example 4,5,6 (from 2 to 12)."),
        )
    return found


def _words(file: Path) -> dict[str, tuple[Text, Text]]:
    try:
        told = json.loads(file.read_text(encoding="utf-8-sig"))
        return {
            str(code): (
                Text(str(one["name"]["fr"]), str(one["name"]["en"])),
                Text(str(one["card"]["fr"]), str(one["card"]["en"])),
            )
            for code, one in told.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BadInput(
            Text("Le fichier de noms ne se lit pas.", "The file of names cannot be read."),
            where=Text(f"Fichier {file.name}.", f"File {file.name}."),
            do=Text(
                "Donner à chaque code un nom et une fiche en français et en anglais (publicc segment name --help).",
                "Give each code a name and a card in French and in English (publicc segment name --help).",
            ),
        ) from problem


def _brief(version: Any) -> dict[str, Any]:  # noqa: ANN401 - a row
    told: dict[str, Any] = {
        "version": version.version,
        "state": version.state,
        "sha256": version.sha256,
        "made_at": version.made_at.isoformat(),
        "published_at": version.published_at.isoformat() if version.published_at else None,
        "vote": version.vote,
    }
    return told | ({"problem": version.problem} if version.problem else {})


def _show(version: Any, *, as_json: bool) -> None:  # noqa: ANN401
    if as_json:
        model = json.loads(version.file) if version.file else None
        _print_json({**_brief(version), "model": model})
        return
    lang = spoken_language()
    sys.stdout.write(f"{version.version}\t{version.state}\n")
    if version.problem:
        sys.stdout.write(version.problem[lang] + "\n")
    if not version.file:
        return
    model = version.model
    for one, prior in zip(model.classes, model.priors, strict=True):
        sys.stdout.write(f"{one.code}\t{percent(prior, lang)}\t{one.name.said(lang)}\t{one.card.said(lang)}\n")


def _print_json(told: Any) -> None:  # noqa: ANN401
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")

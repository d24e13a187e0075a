"""`publicc account`: organizations and the people who work in them, from the terminal of whoever runs the hub."""

import importlib
import json
import secrets
from datetime import datetime
from typing import Annotated, Any

import django
import typer

from publicc.cli import installation
from publicc.collective.profiles import slug_of
from publicc.collective.purposes import Purpose
from publicc.kernel.errors import BadUsage
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

app = typer.Typer(no_args_is_help=True, help="Organizations, and the people who work in them.")
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command("organization")
def organization(
    name: Annotated[str, typer.Argument(help="Its name.")],
    slug: Annotated[str, typer.Option(help="Its short name in addresses; made from the name when left out.")] = "",
    time_zone: Annotated[str, typer.Option(help="Its time zone.")] = "America/Toronto",
    territory: Annotated[str, typer.Option(help="Where it works.")] = "",
    *,
    links_across: Annotated[
        bool | None,
        typer.Option(help="It granted, or not, the recognition of its buyers at organizations that granted it too."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Create an organization, or bring its description up to date.

    Example: publicc account organization "Théâtre du Nord" --territory montreal
    """
    members = _members()
    described: dict[str, Any] = {"name": name, "time_zone": time_zone, "territory": territory}
    if links_across is not None:
        described["links_across"] = links_across
    made = members.describe_organization(slug or slug_of(name), described)
    _tell(
        {"organization": made.slug, "name": made.name},
        Text("Organisme {organization} : {name}", "Organization {organization}: {name}"),
        as_json,
    )


@app.command("member")
def member(
    organization: Annotated[str, typer.Argument(help="Short name of the organization.")],
    email: Annotated[str, typer.Argument(help="The person's e-mail.")],
    role: Annotated[UserRole, typer.Option(help="What the person may do.", case_sensitive=False)] = UserRole.READER,
    password: Annotated[
        str, typer.Option(envvar="PUBLICC_PASSWORD", help="First password; one is made and printed when left out.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Give a person a role in an organization; the account is opened when it does not exist.

    Example: publicc account member theatre-du-nord marie@theatre.example --role DIRECTOR
    """
    members = _members()
    first = password or secrets.token_urlsafe(12)
    opened = members.give_role(organization, email, role, password=first)
    told = {"organization": organization, "email": email, "role": role.value, "opened": opened}
    if opened and not password:
        told["password"] = first
    _tell(told, Text("{email} : {role} ({organization})", "{email}: {role} ({organization})"), as_json)
    if "password" in told and not as_json:
        installation.say(Text("Mot de passe : {p}", "Password: {p}").filled(p=first))


@app.command("seat")
def seat(
    email: Annotated[str, typer.Argument(help="The person's e-mail.")],
    role: Annotated[UserRole, typer.Option(help="OPERATOR, AUDITOR, FUNDER or SERVICE.", case_sensitive=False)],
    password: Annotated[
        str, typer.Option(envvar="PUBLICC_PASSWORD", help="First password; one is made and printed when left out.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Give a person a role at the hub itself; the account is opened when it does not exist.

    Example: publicc account seat ana@pole.example --role OPERATOR
    """
    members = _members()
    first = password or secrets.token_urlsafe(12)
    opened = members.give_seat(email, role, password=first)
    told = {"email": email, "role": role.value, "opened": opened}
    if opened and not password:
        told["password"] = first
    _tell(told, Text("{email} : {role} (pôle)", "{email}: {role} (hub)"), as_json)
    if "password" in told and not as_json:
        installation.say(Text("Mot de passe : {p}", "Password: {p}").filled(p=first))


@app.command("linking")
def linking(
    organization: Annotated[str, typer.Argument(help="Short name of the organization.")],
    *,
    grant: Annotated[bool, typer.Option("--grant/--withdraw", help="Grant the right, or withdraw it.")],
    as_json: AsJson = False,
) -> None:
    """Grant or withdraw the recognition of an organization's buyers at others. The next harmonisation obeys.

    Example: publicc account linking theatre-du-nord --withdraw
    """
    _members().set_linking(organization, granted=grant)
    _tell(
        {"organization": organization, "links_across": grant},
        Text("{organization} : droit accordé", "{organization}: right granted")
        if grant
        else Text("{organization} : droit retiré", "{organization}: right withdrawn"),
        as_json,
    )


@app.command("agreement")
def agreement(
    organization: Annotated[str, typer.Argument(help="Short name of the organization.")],
    signatory: Annotated[str, typer.Option(help="Who signed on paper.")],
    title: Annotated[str, typer.Option(help="Their title.")],
    *,
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="Day of the signature.")],
    purpose: Annotated[
        list[Purpose] | None, typer.Option(help="What it allows, once for each purpose; own dashboards when left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Enter an agreement that was signed on paper. Without one that holds, nothing of an organization is harmonised.

    Example: publicc account agreement theatre-du-nord --signatory "Ana Roy" --title Directrice --on 2026-09-01
    """
    purposes = purpose or [Purpose.OWN_DASHBOARD]
    _members().enter_agreement(organization, signatory=signatory, title=title, on=on.date(), purposes=purposes)
    _tell(
        {"organization": organization, "purposes": [one.value for one in purposes]},
        Text("{organization} : entente enregistrée", "{organization}: agreement entered"),
        as_json,
    )


@app.command("leave")
def leave(
    organization: Annotated[str, typer.Argument(help="Short name of the organization.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Its keys and rows are destroyed: no way back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Let an organization leave: destroy its keys and rows, publish a pool without it, sign the proof.

    Example: publicc account leave theatre-du-nord --yes
    """
    if not yes:
        raise BadUsage(
            Text("Rien n'a été détruit.", "Nothing was destroyed."),
            do=Text("Ajouter --yes : il n'y a pas de retour.", "Add --yes: there is no way back."),
        )
    _members()
    told = importlib.import_module("publicc.releases.departing.carrying_out").depart_now(organization)
    _tell(
        told.as_json(),
        Text(
            "{organization} a quitté : clés et coffre détruits, {n} anciens portraits effacés.",
            "{organization} has left: keys and vault destroyed, {n} earlier snapshots removed.",
        ).filled(organization=organization, n=len(told.snapshots_removed)),
        as_json,
    )


def _members() -> Any:  # noqa: ANN401 - a module that may be imported only once Django is set up
    """The actions on organizations and members, with Django and the control database ready."""
    django.setup()
    installation.prepare_database()
    return importlib.import_module("publicc.collective.actions")


def _tell(told: dict[str, Any], words: Text, as_json: bool) -> None:  # noqa: FBT001 - the command's own option
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        installation.say(words.filled(**told))

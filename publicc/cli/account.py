"""`publicc account`: organizations and the people who work in them, from the terminal of whoever runs the hub."""

import importlib
import json
import secrets
from typing import Annotated, Any

import django
import typer

from publicc.cli import installation
from publicc.collective.profiles import slug_of
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
        bool, typer.Option(help="It granted the recognition of its buyers at organizations that granted it too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Create an organization, or bring its description up to date.

    Example: publicc account organization "Théâtre du Nord" --territory montreal
    """
    members = _members()
    described = {"name": name, "time_zone": time_zone, "territory": territory, "links_across": links_across}
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

"""A report asked for by words, as on a terminal: what means nothing is refused and said, never left out."""

from collections.abc import Mapping, Sequence

from publicc.collective.models import Organization
from publicc.dashboards.filters import DIMENSIONS
from publicc.dashboards.showing import Showing, show
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text
from publicc.reports.kinds import QUALITY, SURVEY, kind_of
from publicc.reports.making import Made, Wanted, make
from publicc.reports.styles import letterhead_of

Asked = Mapping[str, Sequence[str]]
_KNOWN = {"season", "period", *DIMENSIONS}


def report_asked(slug: str, kind_id: str, form: str, lang: Lang, asked: Asked) -> Made:  # noqa: PLR0917 - as asked
    """The report over the current snapshot. Raises BadUsage, BadInput, NotFound, each naming what is wrong."""
    kind = kind_of(kind_id)
    scope = OwnRows(slug)
    if kind.id not in {QUALITY, SURVEY}:
        asked = checked(scope, asked)
    organization = Organization.objects.filter(slug=slug).first()
    name = organization.name if organization else slug
    return make(scope, name, Wanted(kind_id, form, lang, asked), letterhead_of(slug))


def checked(scope: OwnRows, asked: Asked) -> Asked:
    """The same filters, a show named by its title replaced by its id. Raises BadUsage for what means nothing here."""
    strange = sorted(set(asked) - _KNOWN)
    if strange:
        raise BadUsage(
            Text("Ce filtre n'existe pas : {names}.", "There is no such filter: {names}.").filled(
                names=", ".join(strange)
            ),
            do=Text("Choisir parmi : {names}.", "Choose among: {names}.").filled(names=", ".join(DIMENSIONS)),
        )
    showing = show(scope, "season", {})
    _check_has_rows(showing, scope)
    resolved = {**asked, "show": [_show_id(showing, one) for one in asked.get("show", ())]}
    dropped = show(scope, "season", resolved).filters.dropped
    if dropped:
        raise BadUsage(
            Text(
                "Une valeur ne se retrouve pas dans les données : {names}.", "A value is not in the data: {names}."
            ).filled(names=", ".join(dropped)),
            do=Text("Comparer avec les filtres des écrans.", "Compare with the filters of the screens."),
        )
    return {name: values for name, values in resolved.items() if values}


def _check_has_rows(showing: Showing, scope: OwnRows) -> None:
    if not showing.choices.seasons:
        raise BadInput(
            Text("Cet organisme n'a aucune représentation.", "This organization has no performance."),
            found=Text("{slug}.", "{slug}.").filled(slug=scope.organization),
            do=Text("Déposer ses fichiers, puis harmoniser.", "Deposit its files, then harmonise."),
        )


def _show_id(showing: Showing, written: str) -> str:
    """The id of a show named by its id or by its title, case aside."""
    for one in showing.choices.by_dimension.get("show", ()):
        if written == one.value or written.casefold() == one.label.fr.casefold():
            return one.value
    return written

"""The operations of the API over own figures, definitions, quality, the directory and reports."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from publicc.api.answering import Limit, Offset, page_of, part, spoken, tagged
from publicc.api.callers import GONE, caller_of, check_opens, within
from publicc.api.scopes import TokenScope
from publicc.api.shapes import (
    AnswerOut,
    DimensionOut,
    EntriesOut,
    KindOut,
    MetricOut,
    OrganizationOut,
    QualityOut,
)
from publicc.collective.access import check_can_export, memberships_of
from publicc.collective.agreements import check_allows
from publicc.collective.purposes import Purpose
from publicc.collective.trail import record
from publicc.dashboards.keeping import program
from publicc.dashboards.known import own_source
from publicc.directory.models import Entry
from publicc.intake.quality import kept_report
from publicc.kernel.errors import BadUsage, NotFound
from publicc.kernel.period import parse_period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.metrics.answers import answer
from publicc.metrics.dimensions import DIMENSIONS
from publicc.metrics.questions import Question, check_makes_sense
from publicc.metrics.registry import METRICS
from publicc.metrics.telling import answer_as_json, metric_as_json
from publicc.reports.asking import checked
from publicc.reports.kinds import KINDS, PORTRAIT, QUALITY, SURVEY
from publicc.reports.making import FORMS, Wanted, make
from publicc.reports.styles import letterhead_of
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse

router = Router()
MOST_FIGURES: Final = 20
Slug = str


@router.get("/metrics", response=list[MetricOut], tags=["definitions"], summary="Every figure there is")
def metrics(request: HttpRequest) -> HttpResponse:
    """The registry of figures, with their definitions."""
    check_opens(caller_of(request), TokenScope.READ)
    return tagged(request, ("metrics", program()), lambda: [metric_as_json(one, spoken()) for one in METRICS.values()])


@router.get("/metrics/{slug:metric_id}", response=MetricOut, tags=["definitions"], summary="One figure")
def one_metric(request: HttpRequest, metric_id: str) -> HttpResponse:
    """The definition of one figure."""
    check_opens(caller_of(request), TokenScope.READ)
    found = METRICS.get(metric_id)
    if found is None:
        raise NotFound(Text("Ce chiffre n'existe pas.", "There is no such figure."))
    return tagged(request, ("metric", metric_id, program()), lambda: metric_as_json(found, spoken()))


@router.get("/dimensions", response=list[DimensionOut], tags=["definitions"], summary="What figures are cut by")
def dimensions(request: HttpRequest) -> HttpResponse:
    """The dimensions, with the values of closed lists."""
    check_opens(caller_of(request), TokenScope.READ)
    return tagged(request, ("dimensions", program()), lambda: [_dimension(one) for one in DIMENSIONS.values()])


def _dimension(one: Any) -> dict[str, Any]:  # noqa: ANN401 - any dimension of the registry
    return {"id": one.id, "label": one.label.said(spoken()), "level": one.level.value, "values": list(one.values)}


@router.get("/organizations", response=list[OrganizationOut], tags=["organizations"], summary="The caller's own")
def organizations(request: HttpRequest) -> list[dict[str, Any]]:
    """The organizations that the caller belongs to; with a token, the one it is for."""
    caller = caller_of(request)
    check_opens(caller, TokenScope.READ)
    places = memberships_of(caller.person)
    if caller.token is not None:
        places = [one for one in places if one.organization_id == caller.token.organization_id]
    return [
        {
            "slug": one.organization.slug,
            "name": one.organization.name,
            "role": one.role,
            "time_zone": one.organization.time_zone,
            "disciplines": list(one.organization.disciplines),
        }
        for one in places
    ]


@router.get("/organizations/{slug:slug}/query", response=AnswerOut, tags=["figures"], summary="Own figures")
def query(  # noqa: PLR0913, PLR0917 - one parameter each
    request: HttpRequest,
    slug: Slug,
    metric: Annotated[list[str], Query(min_length=1, max_length=MOST_FIGURES, description="Ids of figures.")],
    by: Annotated[list[str], Query(max_length=3, description="Dimensions to cut by.")] = [],  # noqa: B006 - ninja copies it
    where: Annotated[list[str], Query(max_length=20, description="`dimension=value`, rows to keep.")] = [],  # noqa: B006
    period: Annotated[str, Query(max_length=40, description="`2018-09-01..2019-08-31`, `2018-2019`, `2018-09`.")] = "",
    as_of: Annotated[date | None, Query(description="Day of computation; that of the data by default.")] = None,
    limit: Limit = 1000,
    offset: Offset = 0,
) -> HttpResponse:
    """The same answer as `publicc query --json`, a page of its rows at a time."""
    who = within(request, slug)
    check_allows(slug, Purpose.OWN_DASHBOARD)
    question = Question(
        metrics=tuple(metric),
        by=tuple(by),
        where=_filters(where),
        period=parse_period(period) if period else None,
        as_of=as_of,
    )
    check_makes_sense(question)
    home = Home.from_environment()
    manifest = current_or_refuse(home)

    def told() -> dict[str, Any]:
        with own_source(home, who.scope, manifest.id, manifest.as_of) as (source, _):
            found = answer_as_json(answer(source, question, who.scope), spoken())
        rows = found["rows"]
        return found | {"rows": list(part(rows, offset, limit)), "page": page_of(offset, limit, len(rows))}

    return tagged(request, (slug, manifest.id, manifest.as_of, program(), question, limit, offset), told)


def _filters(written: list[str]) -> dict[str, tuple[str, ...]]:
    kept: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for one in written:
        name, equal, value = one.partition("=")
        if not equal or not value:
            raise BadUsage(
                Text("Un filtre ne se lit pas.", "A filter cannot be read."),
                do=Text("Écrire where=discipline=DANCE.", "Write where=discipline=DANCE."),
            )
        kept[name.strip()] += (value.strip(),)
    return dict(kept)


@router.get("/organizations/{slug:slug}/quality", response=QualityOut, tags=["quality"], summary="Data quality")
def quality(request: HttpRequest, slug: Slug) -> HttpResponse:
    """The quality report of the last deposit: scores and findings, names of files and columns, never a cell."""
    who = within(request, slug)
    check_allows(slug, Purpose.OWN_DASHBOARD)
    told = kept_report(Home.from_environment(), who.organization.slug)
    if told is None:
        raise NotFound(Text("Aucun fichier n'a encore été déposé.", "No file was deposited yet."))
    return tagged(request, ("quality", slug, told), lambda: {name: told[name] for name in QualityOut.model_fields})


@router.get("/directory", response=EntriesOut, tags=["directory"], summary="The common directory")
def directory(
    request: HttpRequest,
    kind: Annotated[Literal["show", "venue"] | None, Query(description="Shows or venues alone.")] = None,
    limit: Limit = 200,
    offset: Offset = 0,
) -> dict[str, Any]:
    """The listed entries that all share, by name."""
    check_opens(caller_of(request), TokenScope.READ)
    found = Entry.objects.filter(is_listed=True, merged_into=None).order_by("name_fr", "pk")
    if kind is not None:
        found = found.filter(kind__iexact=kind)
    items = [
        {
            name: getattr(one, name)
            for name in ("code", "kind", "name_fr", "name_en", "discipline", "municipality", "artsdata")
        }
        for one in found[offset : offset + limit]
    ]
    return {"items": items, "page": page_of(offset, limit, found.count())}


@router.get("/organizations/{slug:slug}/reports", response=list[KindOut], tags=["reports"], summary="Kinds of reports")
def reports(request: HttpRequest, slug: Slug) -> list[dict[str, Any]]:
    """The reports that can be made, and their forms."""
    within(request, slug)
    return [
        {
            "id": one.id,
            "title": one.title.said(spoken()),
            "purpose": one.purpose.said(spoken()),
            "about_show": one.about_show,
            "about_survey": one.about_survey,
            "forms": list(FORMS),
        }
        for one in KINDS.values()
    ]


@router.get(
    "/organizations/{slug:slug}/reports/{slug:kind}",
    tags=["reports"],
    summary="A report as a file",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file",
                "content": {form.content_type.partition(";")[0]: {} for form in FORMS.values()},
            }
        }
    },
)
def report(  # noqa: PLR0913, PLR0917 - one parameter each
    request: HttpRequest,
    slug: Slug,
    kind: str,
    form: Annotated[Literal["pdf", "xlsx", "pptx", "csv"], Query(alias="format")] = "pdf",
    lang: Annotated[Literal["fr", "en"] | None, Query(description="Else that of Accept-Language.")] = None,
    season: Annotated[str, Query(max_length=20, description="`2018-2019`; the current one by default.")] = "",
    period: Annotated[str, Query(max_length=40)] = "",
    show: Annotated[str, Query(max_length=400, description="Title or id, for a show review.")] = "",
    survey: Annotated[str, Query(max_length=20, description="Key of the survey, for its results.")] = "",
) -> HttpResponse:
    """The same bytes as the page and `publicc report` give."""
    who = within(request, slug, TokenScope.REPORT)
    check_can_export(who)
    if kind not in KINDS:
        raise NotFound(GONE)
    given = {"season": season, "period": period, "show": show, "survey": survey}
    asked: Mapping[str, list[str]] = {name: [value] for name, value in given.items() if value}
    scope = OwnRows(who.organization.slug)
    filters = asked if kind in {QUALITY, PORTRAIT, SURVEY} else checked(scope, asked)
    made = make(scope, who.organization.name, Wanted(kind, form, lang or spoken(), filters), letterhead_of(slug))
    record(
        action="make_report",
        actor=caller_of(request).person,
        organization=who.organization,
        object_id=f"{kind}.{form} {made.snapshot[:12]}",
    )
    return HttpResponse(
        made.content,
        content_type=made.content_type,
        headers={"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"},
    )

"""Pages of projects: the same ones at an organization's desk and at the hub's."""

from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import Visitor
from publicc.collective.doors import for_hub, for_members
from publicc.collective.models import Accompaniment, Organization, Project, Seat
from publicc.collective.workspace import documents, files, opening, writing
from publicc.collective.workspace.desk import Desk, hubs_desk, members_desk, partners
from publicc.collective.workspace.forms import AccompanimentForm
from publicc.collective.workspace.words import Part
from publicc.collective.workspace.writing import Overtaken
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.kernel.vocabulary import UserRole

_MOST_SHOWN = 30
View: TypeAlias = Callable[..., HttpResponseBase]


def _lang() -> Lang:
    return language(get_language())


def at_both_desks(view: View) -> tuple[View, View]:
    """The view for those who take part, and the same for the hub."""

    @for_members
    def of_members(request: HttpRequest, who: Visitor, /, number: UUID, **named: Any) -> HttpResponseBase:  # noqa: ANN401 - the address's
        return view(request, members_desk(who, request.user, number), **named)

    @for_hub(UserRole.OPERATOR)
    def of_the_hub(request: HttpRequest, seat: Seat, /, number: UUID, **named: Any) -> HttpResponseBase:  # noqa: ANN401 ARG001 - the door hands it
        return view(request, hubs_desk(request.user, number), **named)

    return of_members, of_the_hub


@for_members
@require_safe
def projects(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The projects an organization takes part in."""
    found = Project.objects.filter(participations__organization=who.organization)
    return render(request, "collective/workspace/projects.html", {"projects": found})


@for_hub(UserRole.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def hub_projects(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Every project, and opening one."""
    problem = ""
    if request.method == "POST":
        try:
            made = opening.open_project(
                seat=seat, name=request.POST.get("name", ""), slugs=request.POST.getlist("slugs")[:200]
            )
        except BadInput as found:
            problem = found.sentence(_lang())
        else:
            return redirect("hub_project", made.pk)
    told = {
        "projects": Project.objects.all(),
        "organizations": Organization.objects.order_by("name"),
        "problem": problem,
        "given": request.POST.get("name", "")[:120],
    }
    return render(request, "collective/workspace/projects.html", told, status=400 if problem else 200)


@require_safe
def _project(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is written, who takes part, the files, the document and who approved it."""
    written = writing.current_of(desk.project)
    members = partners(desk.project)
    told = {
        "desk": desk,
        "parts": [(part, written.get(part)) for part in Part],
        "partners": members,
        "files": files.files_of(desk),
        "documents": documents.standing_of(desk.project),
        "kinds": ", ".join(one[1:] for one in files.KINDS),
    }
    if desk.is_hub:
        told["everyone"] = [(one, one in members) for one in Organization.objects.order_by("name")]
    return render(request, "collective/workspace/project.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def _part(request: HttpRequest, desk: Desk, part: str) -> HttpResponse:
    """One part: its words, to be written, and its versions with what each changed."""
    named = _part_named(part)
    overtaken, problem, given = None, "", ""
    if request.method == "POST":
        given, base = request.POST.get("words", ""), request.POST.get("base", "")
        try:
            writing.write(
                desk=desk, part=named, words=given, base=int(base) if base.isdecimal() and len(base) < 9 else -1
            )
        except Overtaken as found:
            overtaken = found
        except (BadInput, BadUsage) as found:
            problem = found.sentence(_lang())
        else:
            messages.success(request, Text("La partie est gardée.", "The part is kept.").said(_lang()))
            return redirect(desk.home)
    history = writing.history_of(desk.project, named)
    current = history[0] if history else None
    told = {
        "desk": desk,
        "colleagues": desk.colleagues(),
        "part": named,
        "current": current,
        "base": current.number if current else 0,
        "words": given or (current.words if current else ""),
        "history": [
            (one, writing.difference(history[at + 1].words if at + 1 < len(history) else "", one.words))
            for at, one in enumerate(history[:_MOST_SHOWN])
        ],
        "overtaken": overtaken.sentence(_lang()) if overtaken else "",
        "between": writing.difference(overtaken.current.words, given) if overtaken else (),
        "problem": problem,
    }
    status = 409 if overtaken else 400 if problem else 200
    return render(request, "collective/workspace/part.html", told, status=status)


@require_POST
def _undo(request: HttpRequest, desk: Desk, part: str) -> HttpResponse:
    """Take up an earlier version of a part."""
    number = request.POST.get("number", "")
    return _done(
        request,
        desk,
        lambda: writing.undo(
            desk=desk, part=_part_named(part), number=int(number) if number.isdecimal() and len(number) < 9 else 0
        ),
        Text("La version est reprise.", "The version is taken up again."),
    )


@require_POST
def _bring(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Bring a file."""
    given = request.FILES.get("file")
    if given is None:
        messages.error(request, Text("Choisir un fichier.", "Choose a file.").said(_lang()))
        return redirect(desk.home)
    return _done(
        request, desk, lambda: files.add_file(desk=desk, file=given), Text("Le fichier est déposé.", "The file is in.")
    )


@require_safe
def _file(request: HttpRequest, desk: Desk, file: UUID) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A file, as an attachment whatever it is."""
    found = files.taken(desk=desk, number=file)
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    return _attached(answer, found.name)


@require_POST
def _remove(request: HttpRequest, desk: Desk, file: UUID) -> HttpResponse:
    """Take a file away."""
    return _done(
        request,
        desk,
        lambda: files.remove_file(desk=desk, number=file),
        Text("Le fichier est retiré.", "The file is gone."),
    )


@require_POST
def _gather(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Make a new version of the document."""
    return _done(
        request,
        desk,
        lambda: documents.make_document(desk=desk),
        Text("La version est prête à approuver.", "The version is ready to be approved."),
    )


@require_safe
def _document(request: HttpRequest, desk: Desk, document: UUID, lang: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A document in one language."""
    if lang not in {"fr", "en"}:
        raise NotFound(Text("Ce document n'existe pas.", "This document does not exist."))
    found = documents.document_taken(desk=desk, number=document)
    answer = HttpResponse(bytes(found.pdf_fr if lang == "fr" else found.pdf_en), content_type="application/pdf")
    return _attached(answer, f"document-v{found.version}-{lang}.pdf")


@require_POST
def _approve(request: HttpRequest, desk: Desk, document: UUID) -> HttpResponse:
    """Approve a document in the organization's name."""
    digest = request.POST.get("digest", "")
    return _done(
        request,
        desk,
        lambda: documents.approve_document(desk=desk, number=document, digest=digest),
        Text("Votre organisme approuve cette version.", "Your organization approves this version."),
    )


@for_hub(UserRole.OPERATOR)
@require_POST
def set_partners(request: HttpRequest, seat: Seat, number: UUID) -> HttpResponse:
    """Say who takes part."""
    desk = hubs_desk(request.user, number)
    opening.set_partners(project=desk.project, seat=seat, slugs=request.POST.getlist("slugs")[:200])
    messages.success(request, Text("C'est noté.", "It is kept.").said(_lang()))
    return redirect(desk.home)


@for_hub(UserRole.OPERATOR)
@require_POST
def close_project(request: HttpRequest, seat: Seat, number: UUID) -> HttpResponse:  # noqa: ARG001 - the door hands it
    """Close a project."""
    desk = hubs_desk(request.user, number)
    return _done(
        request, desk, lambda: opening.close_project(desk=desk), Text("Le projet est clos.", "The project is closed.")
    )


@for_hub(UserRole.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def accompaniment(request: HttpRequest, seat: Seat, member: str) -> HttpResponse:
    """What the hub keeps of the way with one organization."""
    organization = get_object_or_404(Organization, slug=member)
    kept = Accompaniment.objects.filter(organization=organization).first()
    form = AccompanimentForm(request.POST if request.method == "POST" else None, instance=kept)
    if request.method == "POST" and form.is_valid():
        opening.accompany(seat=seat, organization=organization, told=form.cleaned_data)
        messages.success(request, Text("C'est noté.", "It is kept.").said(_lang()))
        return redirect("hub_members")
    told = {"form": form, "organization": organization, "kept": kept}
    return render(request, "collective/workspace/accompaniment.html", told, status=400 if form.errors else 200)


project, hub_project = at_both_desks(_project)
part, hub_part = at_both_desks(_part)
undo_part, hub_undo_part = at_both_desks(_undo)
bring_file, hub_bring_file = at_both_desks(_bring)
project_file, hub_project_file = at_both_desks(_file)
remove_file, hub_remove_file = at_both_desks(_remove)
project_document, hub_project_document = at_both_desks(_document)
approve_document, hub_gather = at_both_desks(_approve)[0], at_both_desks(_gather)[1]


def _part_named(given: str) -> Part:
    found = next((one for one in Part if one.value == given), None)
    if found is None:
        raise NotFound(Text("Cette partie n'existe pas.", "This part does not exist."))
    return found


def _done(request: HttpRequest, desk: Desk, act: Callable[[], object], said: Text) -> HttpResponse:
    try:
        act()
    except (BadInput, BadUsage) as problem:
        messages.error(request, problem.sentence(_lang()))
    else:
        messages.success(request, said.said(_lang()))
    return redirect(desk.home)


def _attached(answer: HttpResponse, name: str) -> HttpResponse:
    plain = name.encode("ascii", "ignore").decode().replace('"', "") or "file"
    answer["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

"""Pages of people: who works in an organization, invitations, and the page an invitation leads to."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from publicc.collective import invitations
from publicc.collective.access import Visitor
from publicc.collective.doors import for_roles
from publicc.collective.forms import InvitationForm
from publicc.collective.models import Invitation
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.kernel.vocabulary import UserRole

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def _lang() -> Lang:
    return language(get_language())


@for_roles(UserRole.DIRECTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Who works here, and inviting someone."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role = UserRole(form.cleaned_data["role"])
        try:
            made = invitations.invite(who=who, by=request.user, email=form.cleaned_data["email"], role=role)
        except BadInput as problem:
            form.add_error(None, problem.sentence(_lang()))
        else:
            tell_link(request, made)
            return redirect("people", who.organization.slug)
    told = {
        "form": form,
        "places": invitations.places(who, request.user),
        "waiting": invitations.waiting(who),
        "roles": invitations.INVITED,
    }
    return render(request, "collective/people.html", told, status=400 if form.errors else 200)


@for_roles(UserRole.DIRECTOR)
@require_POST
def person(request: HttpRequest, who: Visitor, place: int) -> HttpResponse:
    """Another role for someone, or none."""
    given = request.POST.get("role", "")
    role = None if given == "" else _role(given)
    try:
        invitations.change_role(who=who, by=request.user, place=place, role=role)
    except BadUsage as problem:
        messages.error(request, problem.sentence(_lang()))
    else:
        messages.success(request, Text("Le rôle est changé.", "The role is changed.").said(_lang()))
    return redirect("people", who.organization.slug)


@for_roles(UserRole.DIRECTOR)
@require_POST
def revoke(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitations.revoke(who=who, by=request.user, number=number)
    messages.success(request, Text("L'invitation est reprise.", "The invitation is taken back.").said(_lang()))
    return redirect("people", who.organization.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where an invitation leads: to a password for who has no account, to one button for who is signed in."""
    try:
        found = invitations.found(token)
        return _taken(request, token) if request.method == "POST" else _invited(request, found, token)
    except NotFound:
        return render(request, "collective/invitation_over.html", status=410)
    except (BadInput, BadUsage) as problem:
        return _invited(request, found, token, problem.sentence(_lang()))


def tell_link(request: HttpRequest, made: Invitation) -> None:
    """Send the link, and show it once to who invites: mail may not be set."""
    link = request.build_absolute_uri(reverse("invitation", args=[invitations.token_of(made)]))
    invitations.send(made, link, _lang())
    told = Text(
        "Invitation envoyée à {email}. Le lien, valable 7 jours et une seule fois : {link}",
        "Invitation sent to {email}. The link, good for 7 days and only once: {link}",
    )
    messages.success(request, told.said(_lang(), email=made.email, link=link))


def _invited(request: HttpRequest, found: Invitation, token: str, problem: str = "") -> HttpResponse:
    own = getattr(request.user, "email", "").lower() == found.email
    told = {
        "invitation": found,
        "role": UserRole(found.role),
        "problem": problem,
        "own": own,
        "signed_in": request.user.is_authenticated,
        "known": invitations.has_account(found),
        "elsewhere": settings.OIDC_NAME,
        "token": token,
    }
    return render(request, "collective/invitation.html", told, status=400 if problem else 200)


def _taken(request: HttpRequest, token: str) -> HttpResponse:
    user = invitations.accept(token, by=request.user, password=request.POST.get("password", ""))
    if not request.user.is_authenticated:
        login(request, user, backend=_BACKEND)
    return redirect("home")


def _role(given: str) -> UserRole:
    try:
        return UserRole(given)
    except ValueError as problem:
        raise BadInput(Text("Ce rôle n'existe pas.", "There is no such role.")) from problem

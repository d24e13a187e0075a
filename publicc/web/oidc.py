"""Signing in with the accounts of one identity provider (OpenID Connect): off unless the environment names one.

An account of the provider is tied to a person once, by an invitation: nothing is opened from outside, and an address
alone ties nothing. Afterwards the pair (issuer, subject) is the key. The second factor is asked as after a password.
"""

import secrets
from typing import TYPE_CHECKING, Any, Final, NoReturn

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from publicc.collective.invitations import accept_signed_elsewhere
from publicc.collective.trail import record
from publicc.kernel.errors import BadUsage, NotFound
from publicc.kernel.later import later
from publicc.kernel.text import Text
from publicc.web.errors import problem_page
from publicc.web.language import lang_of

if TYPE_CHECKING:
    from jwt import PyJWK

jwt = later("jwt")

_NONCE: Final = "oidc_nonce"
_INVITATION: Final = "oidc_invitation"
_WAIT: Final = 10
_ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
"""Signatures by a key pair: a token sealed with a shared secret, or not at all, is refused."""
_UNKNOWN: Final = Text(
    "Ce compte n'est encore relié à personne ici. Ouvrir d'abord le lien d'une invitation, puis choisir « {name} ».",
    "This account is not tied to anybody here yet. Open the link of an invitation first, then choose “{name}”.",
)
_UNVERIFIED: Final = Text(
    "{name} ne dit pas que votre adresse est vérifiée. Le demander à votre service informatique, ou choisir un mot de "
    "passe.",
    "{name} does not say that your address is verified. Ask your IT service, or choose a password.",
)
_FAILED: Final = Text(
    "La connexion avec {name} n'a pas abouti. Recommencer depuis la page de connexion.",
    "Signing in with {name} did not work. Begin again from the sign-in page.",
)
_AWAY: Final = Text(
    "{name} ne répond pas. Réessayer dans quelques minutes, ou se connecter avec un mot de passe.",
    "{name} does not answer. Try again in a few minutes, or sign in with a password.",
)


class Exchange(OpenIDConnectOAuth2Adapter):
    """django-allauth's exchange with the provider, which also holds the token to its signature and to our nonce."""

    def get_provider(self) -> Any:  # noqa: ANN401 - allauth's own
        """The provider, which comes back to our address."""
        provider = super().get_provider()  # type: ignore[no-untyped-call]
        provider.oauth2_adapter_class = Exchange
        return provider

    def get_callback_url(self, request: HttpRequest, app: object) -> str:  # noqa: ARG002 - allauth's signature
        """Where the provider sends people back."""
        return request.build_absolute_uri(reverse("oidc_callback"))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Who signed in. Raises OAuth2Error without a token of identity, or when two answers tell of two people."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("no id_token")
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        if told.get("userinfo", {}).get("sub") != told["id_token"]["sub"]:
            raise OAuth2Error("two subjects")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:  # noqa: ANN401 - allauth's own
        """What the token says: its signature, issuer, audience and dates hold, and so does our nonce, once."""
        try:
            told: dict[str, Any] = jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=_ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                options={"require": ["exp", "iat", "sub"]},
            )
        except jwt.PyJWTError as problem:
            raise OAuth2Error("id_token") from problem
        expected = self.request.session.pop(_NONCE, "")
        if not expected or not secrets.compare_digest(str(told.get("nonce", "")).encode(), expected.encode()):
            raise OAuth2Error("nonce")
        return told

    def _key_of(self, id_token: str) -> "PyJWK":
        """The provider's key that signed: the one named, or its only one. Raises PyJWTError when it is not told."""
        with get_adapter().get_requests_session() as session:  # type: ignore[no-untyped-call]
            keys = jwt.PyJWKSet.from_dict(session.get(self.openid_config["jwks_uri"]).json()).keys
        named = jwt.get_unverified_header(id_token).get("kid")
        found: list[PyJWK] = [one for one in keys if named is None or one.key_id == named]
        if len(found) != 1:
            raise jwt.InvalidKeyError
        return found[0]


class ByInvitation(DefaultSocialAccountAdapter):
    """Ties an account of the provider to a person by an invitation, and opens nothing else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - the adapter's signature
        """Never from outside."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:  # noqa: ARG002 - the adapter's signature
        """An address that another system gives proves nothing."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in who is tied already; tie who opened an invitation of theirs; turn everybody else away."""
        token = request.session.pop(_INVITATION, "")
        if sociallogin.is_existing:
            return
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        if not token or not verified:
            _refuse(request, 403, _UNVERIFIED if token else _UNKNOWN)
        try:
            user = accept_signed_elsewhere(token, email=verified[0])
        except (BadUsage, NotFound) as problem:
            raise ImmediateHttpResponse(problem_page(request, 403, problem.sentence(lang_of(request)))) from problem
        sociallogin.connect(request, user)
        record(action="link_sign_in", actor=user, organization=None, object_id=str(user.pk))

    def on_authentication_error(self, request: HttpRequest, provider: Any, *_: Any, **__: Any) -> None:  # noqa: ANN401 ARG002 - the adapter's signature
        """One page, whatever failed: what failed is of no use to who is honest."""
        _refuse(request, 400, _FAILED)

    def get_requests_session(self) -> requests.Session:
        """Calls to the provider end after a while."""
        session: requests.Session = super().get_requests_session()  # type: ignore[no-untyped-call]
        send = session.request
        session.request = lambda *args, **named: send(*args, **{"timeout": _WAIT, **named})  # type: ignore[method-assign]
        return session


@never_cache
@require_POST
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send the person to the provider, with a nonce of theirs; `invitation`: the one that they opened here."""
    exchange = _exchange(request)
    nonce = secrets.token_urlsafe(24)
    request.session[_NONCE], request.session[_INVITATION] = nonce, request.POST.get("invitation", "")[:500]
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    try:
        sent: HttpResponseBase = exchange.get_provider().redirect(
            request, "login", next_url=wanted if safe else None, auth_params={"nonce": nonce}
        )
    except requests.RequestException:
        return problem_page(request, 502, _named(request, _AWAY))
    return sent


@never_cache
@require_safe
def callback(request: HttpRequest) -> HttpResponseBase:
    """Where the provider sends the person back."""
    try:
        done: HttpResponseBase = OAuth2CallbackView.adapter_view(_exchange(request))(request)  # type: ignore[no-untyped-call]
    except ImmediateHttpResponse as refused:
        return refused.response
    return done


def _exchange(request: HttpRequest) -> Exchange:
    if not settings.OIDC_PROVIDER:
        raise Http404
    return Exchange(request, settings.OIDC_PROVIDER)


def _refuse(request: HttpRequest, status: int, told: Text) -> NoReturn:
    raise ImmediateHttpResponse(problem_page(request, status, _named(request, told)))


def _named(request: HttpRequest, told: Text) -> str:
    return told.said(lang_of(request), name=settings.OIDC_NAME)

"""The doors of an account, a short list: django-allauth has more pages than a hub needs, and each one is a surface.

There is no public sign-up: its address says so and leads back.
"""

from allauth.account import views as allauth
from axes.decorators import axes_dispatch
from django.urls import path, re_path

from publicc.web import sign_in

urlpatterns = [
    path("login/", axes_dispatch(sign_in.SignIn.as_view()), name="account_login"),  # type: ignore[no-untyped-call]
    path("logout/", allauth.logout, name="account_logout"),
    path("signup/", sign_in.closed, name="account_signup"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

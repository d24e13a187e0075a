"""Addresses of the API and of the pages about it."""

from django.urls import path, re_path

from publicc.api import views
from publicc.api.service import api

urlpatterns = [
    path("api/v1/docs/", views.described, name="api_docs"),
    path("api/v1/", api.urls),
    re_path(r"^api/(?P<path>.*)$", views.nothing, name="api_nothing"),
    path("o/<slug:slug>/tokens/", views.tokens, name="api_tokens"),
    path("o/<slug:slug>/tokens/<uuid:token_id>/revoke/", views.revoke, name="revoke_api_token"),
]

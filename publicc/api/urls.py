"""Addresses of the API and of the pages about it."""

from django.urls import path, re_path

from publicc.api import connection_views, views
from publicc.api.service import api

urlpatterns = [
    path("api/v1/docs/", views.described, name="api_docs"),
    path("api/v1/", api.urls),
    re_path(r"^api/(?P<path>.*)$", views.nothing, name="api_nothing"),
    path("ical/<str:secret>.ics", connection_views.calendar, name="calendar_at"),
    path("o/<slug:slug>/connections/", connection_views.connections, name="connections"),
    path("o/<slug:slug>/connections/calendar/", connection_views.calendar_feed, name="calendar_feed"),
    path("o/<slug:slug>/connections/webhooks/", connection_views.webhooks, name="webhooks"),
    path(
        "o/<slug:slug>/connections/webhooks/<uuid:number>/remove/",
        connection_views.remove_webhook,
        name="remove_webhook",
    ),
    path("o/<slug:slug>/tokens/", views.tokens, name="api_tokens"),
    path("o/<slug:slug>/tokens/<uuid:token_id>/revoke/", views.revoke, name="revoke_api_token"),
]

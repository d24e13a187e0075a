"""Addresses of the portrait: in an organization, and in public."""

from typing import Final

from django.urls import path

from publicc.dashboards.portrait import embedding, views

_HERE: Final = "o/<slug:slug>/portrait/"
OF_MEMBERS: Final = (
    path(_HERE, views.portrait, name="portrait"),
    path(f"{_HERE}charts/<slug:chart_id>.json", views.portrait_chart, name="portrait_chart"),
    path(f"{_HERE}charts/<slug:chart_id>.<slug:form>", views.portrait_picture, name="portrait_picture"),
    path(f"{_HERE}tables/<slug:table_id>.<slug:form>", views.portrait_table, name="portrait_table"),
)
OPEN: Final = (
    path("portrait/", views.public_portrait, name="public_portrait"),
    path("portrait/charts/<slug:chart_id>.json", views.public_chart, name="public_portrait_chart"),
    path("portrait/charts/<slug:chart_id>.<slug:form>", views.public_picture, name="public_portrait_picture"),
    path("embed/<slug:language>/<str:period>/<slug:chart_id>/", embedding.embedded, name="embedded_chart"),
    path("portrait/certificate.json", embedding.public_certificate, name="public_certificate"),
    path("portrait/tables/<slug:table_id>.<slug:form>", views.public_table, name="public_portrait_table"),
)

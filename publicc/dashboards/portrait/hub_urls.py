"""Addresses of the portrait at the hub, for its funders and associations, under `/hub/portrait/`."""

from django.urls import path

from publicc.dashboards.portrait import views

urlpatterns = [
    path("", views.hub_portrait, name="hub_portrait"),
    path("charts/<slug:chart_id>.json", views.hub_portrait_chart, name="hub_portrait_chart"),
    path("charts/<slug:chart_id>.<slug:form>", views.hub_portrait_picture, name="hub_portrait_picture"),
    path("tables/<slug:table_id>.<slug:form>", views.hub_portrait_table, name="hub_portrait_table"),
]

"""Addresses of privacy at the hub, under `/hub/privacy/`."""

from django.urls import path

from publicc.releases.privacy import views

urlpatterns = [
    path("", views.hub_privacy, name="hub_privacy"),
    path("pia.<slug:form>", views.pia, name="pia"),
    path("retention/", views.run_retention, name="run_retention"),
    path("incidents/<slug:number>/", views.hub_incident, name="hub_incident"),
    path("incidents/<slug:number>/<slug:to>.md", views.incident_notice, name="incident_notice"),
]

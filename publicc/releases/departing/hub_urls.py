"""Addresses of departures at the hub, under `/hub/departures/`."""

from django.urls import path

from publicc.releases.departing import views

urlpatterns = [
    path("", views.hub_departures, name="hub_departures"),
    path("<uuid:number>/", views.carry_out, name="carry_out_departure"),
    path("<uuid:number>/proof.<slug:form>", views.proof, name="departure_proof"),
]

"""Addresses of a departure, under `/o/<organization>/leave/`."""

from django.urls import path

from publicc.releases.departing import views

urlpatterns = [
    path("", views.leaving, name="leaving"),
    path("ask/", views.ask, name="ask_departure"),
]

"""Addresses of the hub's own pages, under `/hub/`."""

from django.urls import path

from publicc.collective import views

urlpatterns = [
    path("trail/", views.hub_trail, name="hub_trail"),
]

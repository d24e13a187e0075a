"""Addresses of the collective, under `/o/<organization>/`."""

from django.urls import path

from publicc.collective import views

urlpatterns = [
    path("trail/", views.trail, name="trail"),
]

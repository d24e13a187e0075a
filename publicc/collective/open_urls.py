"""Addresses open to who has no account yet: asking to join, and taking an invitation."""

from django.urls import path

from publicc.collective import hub_views, people_views

urlpatterns = [
    path("join/", hub_views.join, name="join"),
    path("join/received/", hub_views.joined, name="joined"),
    path("invitation/<str:token>/", people_views.invitation, name="invitation"),
]

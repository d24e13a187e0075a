"""Addresses of groups of peers at the hub, under `/hub/groups/`."""

from django.urls import path

from publicc.releases.groups import views

urlpatterns = [
    path("", views.hub_groups, name="hub_groups"),
    path("<uuid:number>/", views.decide, name="decide_group"),
    path("legal/", views.legal_group, name="set_legal_group"),
]

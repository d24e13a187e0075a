"""Addresses of the hub's own pages, under `/hub/`."""

from django.urls import path

from publicc.collective import hub_views, privacy_views, views

urlpatterns = [
    path("trail/", views.hub_trail, name="hub_trail"),
    path("requests/", privacy_views.hub_requests, name="hub_requests"),
    path("members/", hub_views.members, name="hub_members"),
    path("members/<uuid:number>/", hub_views.application, name="hub_application"),
    path("members/<uuid:number>/settle/", hub_views.settle, name="settle_application"),
]

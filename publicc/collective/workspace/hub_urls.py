"""Addresses of projects at the hub, under `/hub/projects/`."""

from django.urls import path

from publicc.collective.workspace import views

urlpatterns = [
    path("", views.hub_projects, name="hub_projects"),
    path("with/<slug:member>/", views.accompaniment, name="accompaniment"),
    path("<uuid:number>/", views.hub_project, name="hub_project"),
    path("<uuid:number>/partners/", views.set_partners, name="set_partners"),
    path("<uuid:number>/close/", views.close_project, name="close_project"),
    path("<uuid:number>/parts/<slug:part>/", views.hub_part, name="hub_project_part"),
    path("<uuid:number>/parts/<slug:part>/undo/", views.hub_undo_part, name="hub_undo_part"),
    path("<uuid:number>/files/", views.hub_bring_file, name="hub_bring_project_file"),
    path("<uuid:number>/files/<uuid:file>/", views.hub_project_file, name="hub_project_file"),
    path("<uuid:number>/files/<uuid:file>/remove/", views.hub_remove_file, name="hub_remove_project_file"),
    path("<uuid:number>/documents/", views.hub_gather, name="gather_document"),
    path(
        "<uuid:number>/documents/<uuid:document>/<slug:lang>.pdf",
        views.hub_project_document,
        name="hub_project_document",
    ),
]

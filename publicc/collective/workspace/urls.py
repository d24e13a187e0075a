"""Addresses of projects, under `/o/<organization>/projects/`."""

from django.urls import path

from publicc.collective.workspace import views

urlpatterns = [
    path("", views.projects, name="projects"),
    path("<uuid:number>/", views.project, name="project"),
    path("<uuid:number>/parts/<slug:part>/", views.part, name="project_part"),
    path("<uuid:number>/parts/<slug:part>/undo/", views.undo_part, name="undo_part"),
    path("<uuid:number>/files/", views.bring_file, name="bring_project_file"),
    path("<uuid:number>/files/<uuid:file>/", views.project_file, name="project_file"),
    path("<uuid:number>/files/<uuid:file>/remove/", views.remove_file, name="remove_project_file"),
    path("<uuid:number>/documents/<uuid:document>/approve/", views.approve_document, name="approve_document"),
    path("<uuid:number>/documents/<uuid:document>/<slug:lang>.pdf", views.project_document, name="project_document"),
]

"""Addresses of one's own planned dates, under `/o/<organization>/plans/`."""

from django.urls import path

from publicc.directory.dates import views

urlpatterns = [
    path("", views.plans, name="plans"),
    path("file/", views.take, name="take_plans"),
    path("change/", views.change, name="change_plans"),
    path("undo/", views.undo, name="undo_plans"),
    path("dates.ics", views.calendar_file, name="plans_file"),
]

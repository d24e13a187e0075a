"""Addresses of the common directory, under `/o/<organization>/directory/`."""

from django.urls import path

from publicc.directory import break_views, views

urlpatterns = [
    path("", views.queue_page, name="directory"),
    path("sure/", views.confirm_sure, name="confirm_sure_labels"),
    path("breaks/", break_views.breaks, name="breaks"),
    path("undo/", views.undo, name="undo_directory"),
    path("label/<int:label_id>/", views.one_label, name="directory_label"),
    path("label/<int:label_id>/answer/", views.answer, name="answer_label"),
    path("entry/<int:entry_id>/", views.one_entry, name="directory_entry"),
    path("entry/<int:entry_id>/settle/", views.settle, name="settle_entry"),
]

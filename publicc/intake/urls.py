"""Addresses of deposits, under `/o/<organization>/deposit/`."""

from django.urls import path

from publicc.intake import views

urlpatterns = [
    path("", views.deposits, name="deposits"),
    path("templates/<slug:name>.csv", views.template, name="deposit_template"),
    path("<uuid:deposit_id>/", views.deposit, name="deposit"),
    path("<uuid:deposit_id>/progress/", views.progress, name="deposit_progress"),
    path("<uuid:deposit_id>/confirm/", views.confirm, name="confirm_deposit"),
    path("<uuid:deposit_id>/abandon/", views.abandon, name="abandon_deposit"),
    path("<uuid:deposit_id>/undo/", views.undo, name="undo_deposit"),
    path("own-data/", views.own_data, name="own_data"),
    path("<uuid:deposit_id>/refused.csv", views.refused, name="refused_rows"),
]

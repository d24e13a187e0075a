"""Addresses of the review, under `/o/<organization>/review/`."""

from django.urls import path

from publicc.harmonise.review import views

urlpatterns = [
    path("", views.review, name="review"),
    path("sensitivity/", views.sensitivity, name="sensitivity"),
    path("undo/", views.undo, name="undo_review"),
    path("<slug:pair_id>/", views.one_pair, name="review_pair"),
    path("<slug:pair_id>/answer/", views.answer, name="answer_pair"),
]

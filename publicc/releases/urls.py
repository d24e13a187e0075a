"""Addresses of the register, under `/o/<organization>/register/`."""

from django.urls import path

from publicc.releases import views

urlpatterns = [
    path("", views.register, name="register"),
    path("<int:release_id>.json", views.register_certificate, name="register_certificate"),
]

"""Addresses of privacy, under `/o/<organization>/privacy/`."""

from django.urls import path

from publicc.releases.privacy import views

urlpatterns = [
    path("", views.privacy, name="privacy"),
    path("register.<slug:form>", views.processing, name="processing_register"),
]

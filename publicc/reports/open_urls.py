"""Addresses of documents that anybody may take, under `/portrait/`."""

from django.urls import path

from publicc.reports import open_views

urlpatterns = [
    path("files/<slug:language>.<slug:form>", open_views.public_portrait_file, name="public_portrait_file"),
]

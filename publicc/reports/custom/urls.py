"""Addresses of composed reports."""

from django.urls import path

from publicc.reports.custom import views

urlpatterns = [
    path("custom/", views.custom_reports, name="custom_reports"),
    path("custom/<uuid:number>/", views.custom_report, name="custom_report"),
    path("custom/<uuid:number>/copy/", views.copy_report, name="copy_custom_report"),
    path("custom/<uuid:number>/remove/", views.remove_report, name="remove_custom_report"),
    path("custom/<uuid:number>/restore/", views.restore_report, name="restore_custom_report"),
    path("custom/<uuid:number>/preview/", views.preview, name="preview_custom_report"),
    path("custom/<uuid:number>/preview/<int:page>.png", views.preview_page, name="preview_custom_report_page"),
    path("custom/<uuid:number>/file/", views.custom_file, name="custom_report_file"),
]

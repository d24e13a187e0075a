"""Addresses of reports."""

from django.urls import path

from publicc.reports import views
from publicc.reports.custom import urls as custom
from publicc.reports.recurring import urls as recurring

urlpatterns = [
    path("", views.reports, name="reports"),
    path("style/", views.report_style, name="report_style"),
    *custom.urlpatterns,
    *recurring.urlpatterns,
    path("<slug:kind>/", views.report_file, name="report_file"),
]

"""Addresses of recurring reports, of their archive, and of the links that e-mails carry."""

from django.urls import path

from publicc.reports.recurring import open_views, views

urlpatterns = [
    path("recurring/", views.schedules, name="report_schedules"),
    path("recurring/new/", views.new_schedule, name="new_report_schedule"),
    path("recurring/<uuid:number>/", views.one_schedule, name="report_schedule"),
    path("recurring/<uuid:number>/pause/", views.pause_schedule, name="pause_report_schedule"),
    path("recurring/<uuid:number>/resume/", views.resume_schedule, name="resume_report_schedule"),
    path("recurring/<uuid:number>/remove/", views.remove_schedule, name="remove_report_schedule"),
    path("recurring/<uuid:number>/restore/", views.restore_schedule, name="restore_report_schedule"),
    path("recurring/<uuid:number>/run/", views.run_schedule, name="run_report_schedule"),
    path("archive/<uuid:number>/", views.edition, name="report_edition"),
    path("archive/<uuid:number>/revoke/", views.revoke_links, name="revoke_report_links"),
    path("archive/<uuid:number>/<slug:form>/", views.edition_file, name="report_edition_file"),
]

open_urlpatterns = [
    path("<str:token>/", open_views.sent_report, name="sent_report"),
    path("<str:token>/file/", open_views.sent_report_file, name="sent_report_file"),
    path("<str:token>/stop/", open_views.stop_report, name="stop_report"),
]

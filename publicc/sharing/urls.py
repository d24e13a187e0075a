"""Addresses of sharing, under `/o/<organization>/sharing/`."""

from django.urls import path

from publicc.sharing import asking_views, deciding_views, show_views

urlpatterns = [
    path("", asking_views.sharing, name="sharing"),
    path("ask/", asking_views.choose_show, name="choose_show"),
    path("ask/<int:entry>/", asking_views.ask_show, name="ask_show"),
    path("requests/<uuid:number>/", asking_views.one_request, name="show_request"),
    path("requests/<uuid:number>/withdraw/", asking_views.withdraw, name="withdraw_show_request"),
    path("requests/<uuid:number>/remind/", asking_views.remind_owner, name="remind_show_request"),
    path("requests/<uuid:number>/grant/", deciding_views.grant, name="grant_show"),
    path("requests/<uuid:number>/decline/", deciding_views.decline, name="decline_show"),
    path("requests/<uuid:number>/revoke/", deciding_views.revoke, name="revoke_show"),
    path("requests/<uuid:number>/preview/<slug:chart_id>.json", deciding_views.preview_chart, name="preview_chart"),
    path("standing/", deciding_views.standing, name="standing"),
    path("standing/<uuid:number>/end/", deciding_views.end, name="end_standing"),
    path("shows/<int:entry>/", show_views.shared, name="shared_show"),
    path("shows/<int:entry>/charts/<slug:chart_id>.json", show_views.shared_chart, name="shared_chart"),
    path("shows/<int:entry>/charts/<slug:chart_id>.<slug:form>", show_views.shared_picture, name="shared_picture"),
    path("shows/<int:entry>/tables/<slug:table_id>.<slug:form>", show_views.shared_table, name="shared_table"),
]

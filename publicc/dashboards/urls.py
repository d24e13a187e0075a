"""Addresses of own screens, their charts and their tables."""

from django.urls import path

from publicc.dashboards import (
    alert_views,
    kept_views,
    note_views,
    quality_views,
    segment_buyers_views,
    views,
    welcome,
)
from publicc.dashboards.calendar import views as calendar_views
from publicc.dashboards.guides.catalogue import GUIDES
from publicc.dashboards.portrait import urls as portrait_urls
from publicc.dashboards.profiles import hub_views, trying

urlpatterns = [
    path("profiles/", trying.try_profile, name="try_profile"),
    path("hub/segments/", hub_views.versions, name="hub_segments"),
    path("hub/segments/train/", hub_views.train_version, name="train_segments"),
    path("hub/segments/<str:version>/", hub_views.version, name="hub_segment_version"),
    path("hub/segments/<str:version>/change/", hub_views.change_version, name="change_segment_version"),
    path(
        "hub/segments/<str:version>/charts/<slug:chart_id>.json", hub_views.version_chart, name="segment_version_chart"
    ),
    path("o/<slug:slug>/answers/", views.answers, name="answers"),
    path("o/<slug:slug>/questions/", views.questions, name="questions"),
    *(path(f"o/<slug:slug>/questions/{one}/", views.guide, {"screen_id": one}, name=one) for one in GUIDES),
    path("o/<slug:slug>/explore/", views.explore, name="explore"),
    path("o/<slug:slug>/tour/", welcome.dismiss_tour, name="dismiss_tour"),
    path("o/<slug:slug>/season/", views.season, name="season"),
    path("o/<slug:slug>/pace/", views.pace, name="pace"),
    path("o/<slug:slug>/prices/", views.prices, name="prices"),
    path("o/<slug:slug>/segments/", views.segments, name="segments"),
    path("o/<slug:slug>/segments/buyers/", segment_buyers_views.buyers, name="segment_buyers"),
    path("o/<slug:slug>/show/", views.show_page, name="show"),
    path("o/<slug:slug>/audiences/", views.audiences, name="audiences"),
    path("o/<slug:slug>/territories/", views.territories, name="territories"),
    path("o/<slug:slug>/calendar/", calendar_views.calendar, name="calendar"),
    path(
        "o/<slug:slug>/calendar/tables/<slug:table_id>.<slug:form>",
        calendar_views.calendar_table,
        name="calendar_table",
    ),
    path("o/<slug:slug>/habits/", views.habits, name="habits"),
    path("o/<slug:slug>/supply/", views.supply, name="supply"),
    path("o/<slug:slug>/non-publics/", views.non_publics, name="non-publics"),
    path("o/<slug:slug>/views/", kept_views.keep, name="keep_view"),
    path("o/<slug:slug>/views/<slug:view_id>/forget/", kept_views.forget, name="forget_view"),
    path("o/<slug:slug>/views/<slug:view_id>/pin/", kept_views.pin, name="pin_view"),
    path("o/<slug:slug>/views/<slug:view_id>/unpin/", kept_views.unpin, name="unpin_view"),
    path("o/<slug:slug>/mine/", kept_views.my_page, name="my_page"),
    path("o/<slug:slug>/alerts/", alert_views.alerts, name="alerts"),
    path("alerts/stop/<str:token>/", alert_views.stop, name="stop_alerts"),
    path("o/<slug:slug>/notes/", note_views.notes, name="notes"),
    path("o/<slug:slug>/notes/<slug:note_id>/", note_views.note, name="note"),
    path("o/<slug:slug>/notes/<slug:note_id>/remove/", note_views.remove, name="remove_note"),
    path("o/<slug:slug>/notes/<slug:note_id>/restore/", note_views.restore, name="restore_note"),
    path("o/<slug:slug>/benchmarks/", views.benchmarks, name="benchmarks"),
    *portrait_urls.OF_MEMBERS,
    *portrait_urls.OPEN,
    path("o/<slug:slug>/glossary/", views.glossary, name="glossary"),
    path("o/<slug:slug>/quality/", quality_views.quality, name="quality"),
    path("o/<slug:slug>/quality/charts/<slug:chart_id>.json", quality_views.quality_chart, name="quality_chart"),
    path(
        "o/<slug:slug>/quality/charts/<slug:chart_id>.<slug:form>",
        quality_views.quality_picture,
        name="quality_picture",
    ),
    path("o/<slug:slug>/quality/tables/<slug:table_id>.<slug:form>", quality_views.quality_table, name="quality_table"),
    path("o/<slug:slug>/limits/<slug:version>/<slug:province>.json", views.limits, name="limits"),
    path("o/<slug:slug>/<slug:screen_id>/charts/<slug:chart_id>.json", views.chart, name="chart"),
    path("o/<slug:slug>/<slug:screen_id>/charts/<slug:chart_id>.<slug:form>", views.chart_picture, name="picture"),
    path("o/<slug:slug>/<slug:screen_id>/tables/<slug:table_id>.<slug:form>", views.table, name="table"),
]

"""Root addresses. Each room brings its own `urls.py`; this page only lists them."""

from django.urls import URLPattern, URLResolver, include, path

from publicc.reports.recurring.urls import open_urlpatterns as sent_reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("publicc.web.urls")),
    path("o/<slug:slug>/deposit/", include("publicc.intake.urls")),
    path("o/<slug:slug>/directory/", include("publicc.directory.urls")),
    path("o/<slug:slug>/plans/", include("publicc.directory.dates.urls")),
    path("o/<slug:slug>/reports/", include("publicc.reports.urls")),
    path("o/<slug:slug>/review/", include("publicc.harmonise.review.urls")),
    path("o/<slug:slug>/requests/", include("publicc.harmonise.persons.urls")),
    path("o/<slug:slug>/", include("publicc.collective.urls")),
    path("", include("publicc.collective.open_urls")),
    path("hub/", include("publicc.collective.hub_urls")),
    path("hub/portrait/", include("publicc.dashboards.portrait.hub_urls")),
    path("hub/projects/", include("publicc.collective.workspace.hub_urls")),
    path("o/<slug:slug>/projects/", include("publicc.collective.workspace.urls")),
    path("hub/groups/", include("publicc.releases.groups.hub_urls")),
    path("o/<slug:slug>/groups/", include("publicc.releases.groups.urls")),
    path("hub/releases/", include("publicc.releases.hub_urls")),
    path("hub/privacy/", include("publicc.releases.privacy.hub_urls")),
    path("o/<slug:slug>/privacy/", include("publicc.releases.privacy.urls")),
    path("hub/departures/", include("publicc.releases.departing.hub_urls")),
    path("o/<slug:slug>/leave/", include("publicc.releases.departing.urls")),
    path("o/<slug:slug>/register/", include("publicc.releases.urls")),
    path("o/<slug:slug>/surveys/", include("publicc.surveys.urls")),
    path("r/", include(sent_reports)),
    path("o/<slug:slug>/sharing/", include("publicc.sharing.urls")),
    path("s/", include("publicc.surveys.answering.urls")),
    path("", include("publicc.api.urls")),
    path("account/", include("publicc.web.account_urls")),
    path("portrait/", include("publicc.reports.open_urls")),
    path("", include("publicc.dashboards.urls")),
]

handler403 = "publicc.web.errors.forbidden"
handler404 = "publicc.web.errors.not_found"
handler500 = "publicc.web.errors.broken"

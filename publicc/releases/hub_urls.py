"""Addresses of releases at the hub, under `/hub/releases/`."""

from django.urls import path

from publicc.releases import views

urlpatterns = [
    path("", views.hub_releases, name="hub_releases"),
    path("build/", views.build_release, name="build_release"),
    path("<int:release_id>/", views.hub_release, name="hub_release"),
    path("<int:release_id>/certificate.json", views.hub_certificate, name="hub_certificate"),
    path("<int:release_id>/approve/", views.approve_release, name="approve_release"),
    path("<int:release_id>/withdraw/", views.withdraw_release, name="withdraw_release"),
]

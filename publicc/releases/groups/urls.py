"""Addresses of groups of peers, under `/o/<organization>/groups/`."""

from django.urls import path

from publicc.releases.groups import views

urlpatterns = [
    path("", views.groups, name="groups"),
    path("<uuid:number>/withdraw/", views.withdraw, name="withdraw_group"),
]

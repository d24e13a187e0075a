"""Addresses of the shell."""

from django.urls import path

from publicc.web import console, views

urlpatterns = [
    path("", views.home, name="home"),
    path("o/<slug:slug>/", views.front, name="front"),
    path("preferences/theme/", views.choose_theme, name="choose_theme"),
    path("preferences/language/", views.choose_language, name="choose_language"),
    path("hub/console/", console.console, name="hub_console"),
    path("health/", views.health, name="health"),
]

"""Addresses of the requests of persons, under `/o/<organization>/requests/`."""

from django.urls import path

from publicc.harmonise.persons import views

urlpatterns = [
    path("", views.requests, name="person_requests"),
    path("<uuid:number>/", views.one_request, name="person_request"),
    path("<uuid:number>/search/", views.search, name="search_person"),
    path("<uuid:number>/choose/", views.choose, name="choose_records"),
    path("<uuid:number>/chosen/", views.chosen, name="chosen_records"),
    path("<uuid:number>/answer.<slug:form>", views.answer, name="answer_person"),
    path("<uuid:number>/settle/", views.settle, name="settle_request"),
    path("<uuid:number>/close/", views.close, name="close_request"),
]

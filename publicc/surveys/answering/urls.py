"""Public addresses of surveys, under `/s/`. Unguessable; they belong to no organization's pages."""

from django.urls import path

from publicc.surveys.answering import views

urlpatterns = [
    path("<slug:code>/", views.welcome, name="answer_survey"),
    path("<slug:code>/contact/", views.contact, name="survey_contact"),
    path("<slug:code>/untie/", views.untie, name="untie_answers"),
    path("<slug:code>/<slug:token>/", views.resume, name="resume_answers"),
    path("<slug:code>/<slug:token>/end/", views.end, name="end_answers"),
    path("<slug:code>/<slug:token>/<int:number>/", views.step, name="answer_step"),
]

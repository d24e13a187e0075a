"""Addresses of surveys, under `/o/<organization>/surveys/`."""

from django.urls import path

from publicc.surveys import editing, sharing, views
from publicc.surveys import inviting_views as inviting
from publicc.surveys.results import bringing_views as bringing
from publicc.surveys.results import views as results

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("contacts/", sharing.contacts, name="survey_contacts"),
    path("bring/", views.bring, name="bring_survey"),
    path("<slug:survey_key>/", views.one_survey, name="survey"),
    path("<slug:survey_key>/publish/", views.publish, name="publish_survey"),
    path("<slug:survey_key>/open/", views.set_open, name="open_survey"),
    path("<slug:survey_key>/export/", views.export, name="export_survey"),
    path("<slug:survey_key>/edit/", editing.edit, name="edit_survey"),
    path("<slug:survey_key>/edit/question/", editing.question, name="add_survey_question"),
    path("<slug:survey_key>/edit/question/<str:question_id>/", editing.question, name="edit_survey_question"),
    path("<slug:survey_key>/edit/question/<str:question_id>/drop/", editing.drop, name="drop_survey_question"),
    path("<slug:survey_key>/edit/question/<str:question_id>/lift/", editing.lift, name="lift_survey_question"),
    path("<slug:survey_key>/preview/", editing.preview, name="preview_survey"),
    path("<slug:survey_key>/try/<int:number>/", editing.trial, name="try_survey"),
    path("<slug:survey_key>/results/", results.results, name="survey_results"),
    path("<slug:survey_key>/results/tables.csv", results.table, name="survey_table"),
    path("<slug:survey_key>/results/peers.csv", results.peers, name="survey_peers"),
    path("<slug:survey_key>/results/answers.csv", results.coded, name="survey_answers"),
    path("<slug:survey_key>/results/bring/", bringing.bring_answers, name="bring_answers"),
    path("<slug:survey_key>/results/bring/<slug:code>/read/", bringing.read_answers, name="read_answers"),
    path("<slug:survey_key>/results/bring/<slug:code>/undo/", bringing.take_back, name="take_back_answers"),
    path("<slug:survey_key>/results/decide/", results.decide, name="decide_answers"),
    path("<slug:survey_key>/links/", sharing.links, name="survey_links"),
    path("<slug:survey_key>/links/<slug:code>/poster/", sharing.poster, name="survey_poster"),
    path("<slug:survey_key>/links/<slug:code>/code.svg", sharing.picture, name="survey_code"),
    path("<slug:survey_key>/links/<slug:code>/invite/", inviting.invite, name="survey_invite"),
    path("<slug:survey_key>/links/<slug:code>/invitations/", sharing.invitations, name="survey_invitations"),
]
"""Order: words before placeholders."""

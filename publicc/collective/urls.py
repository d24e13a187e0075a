"""Addresses of the collective, under `/o/<organization>/`."""

from django.urls import path

from publicc.collective import agreement_views, people_views, views

urlpatterns = [
    path("trail/", views.trail, name="trail"),
    path("agreement/", agreement_views.agreement, name="agreement"),
    path("agreement/sign/", agreement_views.sign, name="sign_agreement"),
    path("agreement/end/", agreement_views.end, name="end_agreement"),
    path("agreement/rights/<slug:purpose>/", agreement_views.right, name="change_right"),
    path("agreement/<uuid:number>.pdf", agreement_views.document, name="agreement_document"),
    path("people/", people_views.people, name="people"),
    path("people/<int:place>/", people_views.person, name="change_person"),
    path("people/invitations/<uuid:number>/", people_views.revoke, name="revoke_invitation"),
]

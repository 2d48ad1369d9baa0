"""Addresses of the parties room. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.trade.parties.web import (
    agreement_papers,
    agreements,
    buyers,
    drafting,
    filing,
    lists,
    papers,
    party,
    queue,
)

app_name = "parties"
urlpatterns = [
    path("agreements/", agreements.agreement_list, name="agreements"),
    path("agreements/new/", drafting.draft, name="agreement-new"),
    path("agreements/files/<uuid:document_id>/", agreement_papers.made, name="agreement-file"),
    path("agreements/<int:number>/", agreements.agreement, name="agreement"),
    path("agreements/<int:number>/edit/", drafting.revise, name="agreement-edit"),
    path("agreements/<int:number>/sign/", agreements.sign, name="agreement-sign"),
    path("agreements/<int:number>/step/", agreements.step, name="agreement-step"),
    path("agreements/<int:number>/papers/", agreement_papers.papers, name="agreement-papers"),
    path("agreements/<int:number>/papers/<str:kind>/", agreement_papers.make, name="agreement-make"),
    path("buyers/", buyers.welcome, name="buyers"),
    path("buyer/", buyers.own, name="buyer"),
    path("buyer/file/", buyers.file, name="buyer-file"),
    path("", lists.party_list, name="list"),
    path("own/", lists.own, name="own"),
    path("new/", filing.begin, name="new"),
    path("queue/", queue.queue, name="queue"),
    path("queue/steps/", queue.steps, name="queue-steps"),
    path("<int:party_id>/", party.party, name="party"),
    path("<int:party_id>/step/", party.step, name="step"),
    path("<int:party_id>/edit/<str:step>/", filing.edit, name="edit"),
    path("<int:party_id>/keep/", filing.keep, name="keep"),
    path("<int:party_id>/submit/", filing.submit, name="submit"),
    path("<int:party_id>/discard/", filing.discard, name="discard"),
    path("<int:party_id>/papers/", papers.add, name="paper-add"),
    path("<int:party_id>/papers/<int:paper_id>/", papers.file, name="paper"),
    path("<int:party_id>/papers/<int:paper_id>/remove/", papers.remove, name="paper-remove"),
    path("<int:party_id>/numbers/<int:identifier_id>/", party.unmask, name="unmask"),
]

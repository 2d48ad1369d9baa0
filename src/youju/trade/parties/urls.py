"""Addresses of the parties room."""

from __future__ import annotations

from django.urls import path

from youju.trade.parties.web import agreement_papers, agreements, buyers, drafting

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
]

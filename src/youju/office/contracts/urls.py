"""Addresses of the room of contracts. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.office.contracts.web import deliverables, lists, one, registering

app_name = "contracts"
urlpatterns = [
    path("", lists.contract_list, name="list"),
    path("new/", registering.new, name="new"),
    path("due/", lists.due_list, name="due"),
    path("deliverables/", lists.deliverable_list, name="deliverables"),
    path("deliverables/<int:number>/", deliverables.deliverable, name="deliverable"),
    path("deliverables/<int:number>/step/", deliverables.step, name="deliverable-step"),
    path("deliverables/<int:number>/sheet/", deliverables.make_sheet, name="sheet-make"),
    path("sheets/<uuid:document>/", deliverables.sheet, name="sheet"),
    path("<int:number>/", one.contract, name="contract"),
    path("<int:number>/edit/", registering.edit, name="edit"),
    path("<int:number>/end/", one.end, name="end"),
    path("<int:number>/deliverables/", one.add_deliverable, name="deliverable-add"),
    path("<int:number>/instalments/", one.add_instalment, name="instalment-add"),
    path("<int:number>/instalments/<int:place>/remove/", one.remove_instalment, name="instalment-remove"),
    path("<int:number>/opinions/", one.add_opinion, name="opinion-add"),
    path("<int:number>/papers/", one.add_paper, name="paper-add"),
    path("<int:number>/papers/<int:file>/", one.paper, name="paper"),
]

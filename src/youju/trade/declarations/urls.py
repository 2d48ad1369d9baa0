"""Addresses of the declarations room, under ``/declarations/``. Fixed words, of the exchange too, come before ``<str:key>/``."""

from __future__ import annotations

from django.urls import include, path

from youju.trade.declarations.web import declarations, downloads, editing, packings, plans

app_name = "declarations"
urlpatterns = [
    path("", declarations.declaration_list, name="declarations"),
    path("packings/<str:number>/", packings.packing, name="packing"),
    path("packings/<str:number>/plan/", packings.plan, name="packing-plan"),
    path("packings/<str:number>/broker/", packings.broker, name="packing-broker"),
    path("plans/<int:plan_id>/", plans.plan, name="plan"),
    path("plans/<int:plan_id>/move/", plans.move, name="plan-move"),
    path("plans/<int:plan_id>/undo/", plans.undo, name="plan-undo"),
    path("plans/<int:plan_id>/accept/", plans.accept, name="plan-accept"),
    path("plans/<int:plan_id>/drop/", plans.drop, name="plan-drop"),
    path("plans/<int:plan_id>/lists/<int:place>/", downloads.plan_list, name="plan-list"),
    path("papers/<uuid:document_id>/", downloads.draft, name="draft-file"),
    # Its addresses begin with words, but for those of one declaration.
    path("", include("youju.trade.declarations.urls_exchange")),
    path("<str:key>/", declarations.declaration, name="declaration"),
    path("<str:key>/header/", editing.header, name="header"),
    path("<str:key>/lines/<int:g_no>/", editing.line, name="line"),
    path("<str:key>/step/", declarations.step, name="step"),
    path("<str:key>/correct/", declarations.correct, name="correct"),
    path("<str:key>/message/", downloads.message, name="message"),
    path("<str:key>/lists/<int:place>/", downloads.one_list, name="list"),
    path("<str:key>/papers/", downloads.papers, name="papers"),
    path("<str:key>/draft/", downloads.make_draft, name="draft-make"),
]

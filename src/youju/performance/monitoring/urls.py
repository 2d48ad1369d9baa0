"""The addresses of the room of monitoring. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.performance.monitoring.web import filling, lists, orders, rounds

app_name = "monitoring"
urlpatterns = [
    path("", lists.round_list, name="list"),
    path("new/", rounds.new, name="new"),
    path("orders/", lists.order_list, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/step/", orders.step, name="order-step"),
    path("orders/<str:number>/evidence/", orders.add_evidence, name="evidence-add"),
    path("orders/<str:number>/evidence/<int:file>/", orders.evidence, name="evidence"),
    path("orders/<str:number>/suspend/", orders.suspend, name="suspend"),
    path("orders/<str:number>/lift/", orders.lift, name="lift"),
    path("documents/<uuid:document>/", rounds.document, name="document"),
    path("rounds/<str:number>/", rounds.round, name="round"),
    path("rounds/<str:number>/step/", rounds.step, name="step"),
    path("rounds/<str:number>/form/", rounds.make_form, name="form-make"),
    path("rounds/<str:number>/sheet/", rounds.sheet, name="sheet"),
    path("rounds/<str:number>/<int:place>/", filling.project, name="project"),
    path("rounds/<str:number>/<int:place>/note/", filling.save_project, name="project-save"),
    path("rounds/<str:number>/<int:place>/section/", filling.save_section, name="section-save"),
    path("rounds/<str:number>/<int:place>/rows/<int:row>/", filling.save_row, name="row-save"),
    path("rounds/<str:number>/<int:place>/order/", orders.new, name="order-new"),
]

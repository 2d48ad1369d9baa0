"""The product's addresses: each room brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from youju.config.api import mounted
from youju.foundation.operations.web import probes
from youju.portal.web.about import language

handler400 = "youju.foundation.shell.errors.bad_request"
handler403 = "youju.foundation.shell.errors.forbidden"
handler404 = "youju.foundation.shell.errors.not_found"
handler500 = "youju.foundation.shell.errors.server_error"

# Compared in this order; programs come most often.
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", mounted()),
    path("", include("youju.portal.urls")),
    path("", include("youju.foundation.identity.urls")),
    path("work/", include("youju.foundation.workflow.urls")),
    path("imports/", include("youju.foundation.imports.urls")),
    path("webhooks/", include("youju.foundation.webhooks.urls")),
    path("catalogue/", include("youju.foundation.metrics.urls")),
    path("system/", include("youju.foundation.operations.urls")),
    path("parties/", include("youju.trade.parties.urls")),
    path("orders/", include("youju.trade.orders.urls")),
    path("targets/", include("youju.performance.targets.urls")),
    path("", include("youju.trade.goods.urls")),
    path("packing/", include("youju.trade.packing.urls")),
    path("declarations/", include("youju.trade.declarations.urls")),
    path("", include("youju.trade.tracing.urls")),
    path("statistics/", include("youju.trade.statistics.urls")),
    path("projects/", include("youju.funds.projects.urls")),
    path("payments/", include("youju.funds.payments.urls")),
    path("subsidies/duplicates/", include("youju.funds.subsidies.urls_duplicates")),
    path("subsidies/", include("youju.funds.subsidies.urls")),
    path("claims/", include("youju.funds.subsidies.urls_claims")),
    path("tasks/", include("youju.office.tasks.urls")),
    path("contracts/", include("youju.office.contracts.urls")),
    path("surveys/", include("youju.office.surveys.urls")),
    path("s/", include("youju.office.surveys.urls_public")),
    path("events/", include("youju.office.events.urls")),
    path("base/", include("youju.office.base.urls")),
    path("staff/", include("youju.office.staff.urls")),
    path("assets/", include("youju.funds.assets.urls")),
    path("audits/", include("youju.funds.internal_audits.urls")),
    path("measures/", include("youju.performance.measures.urls")),
    path("monitoring/", include("youju.performance.monitoring.urls")),
    path("evaluation/", include("youju.performance.evaluation.urls")),
    path("proposals/", include("youju.performance.proposals.urls")),
    path("report-checks/", include("youju.performance.report_checks.urls")),
    path("disclosure/", include("youju.performance.disclosure.urls")),
    path("open/", include("youju.performance.disclosure.urls_public")),
    path("settlement/", include("youju.trade.settlement.urls")),
    path("exemptions/", include("youju.trade.exemptions.urls")),
    path("risk/", include("youju.trade.risk.urls")),
    path("credit/", include("youju.trade.credit.urls")),
    path("open-credit/", include("youju.trade.credit.urls_public")),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.figures, name="metrics"),
    path("language", language, name="set_language"),
]

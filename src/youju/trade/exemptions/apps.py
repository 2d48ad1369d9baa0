"""The room of exemptions, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "市场采购"


class ExemptionsConfig(AppConfig):
    """Exemptions (免税申报)."""

    name = "youju.trade.exemptions"
    label = "exemptions"
    verbose_name = "免税申报"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, offer imports and the certificate, declare metrics."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.shell.related import register_related
        from youju.foundation.workflow.services import register_flow
        from youju.rules.trade.exemptions import lifecycle
        from youju.trade.exemptions import addresses, events, permissions, related
        from youju.trade.exemptions.documents.certificate import CERTIFICATE
        from youju.trade.exemptions.imports import FILINGS, INVOICES
        from youju.trade.exemptions.metrics import declare

        for kind, label, url in (
            (lifecycle.FILING_KIND, "免税申报", addresses.filing),
            (lifecycle.CERTIFICATE_KIND, "代理出口货物证明", addresses.certificate),
            (lifecycle.INVOICE_KIND, "发票", addresses.invoice),
            (lifecycle.QUARTER_KIND, "实际委托方季报", addresses.quarter),
        ):
            register_kind(kind, label, url=url, fields=events.FIELDS)
        for kind, label in ((lifecycle.DEMO_KIND, "示例免税申报"), (events.BULK_KIND, "批量免税申报")):
            register_kind(kind, label, fields=events.FIELDS)
        register_flow(lifecycle.FILING_FLOW, url=addresses.filing)
        register_flow(lifecycle.CERTIFICATE_FLOW, url=addresses.certificate)
        register_importer(FILINGS)
        register_importer(INVOICES)
        register_template(CERTIFICATE)
        declare()
        register_related("declarations.declaration", "免税对账", permissions.VIEW, related.of_declaration)
        register_related("parties.party", "免税申报", permissions.VIEW, related.of_party)
        register(NavItem(SECTION, "免税申报", "exemptions:home", permissions.VIEW, "document", 95))

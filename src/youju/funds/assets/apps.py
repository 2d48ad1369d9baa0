"""The room of assets, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

SECTION = "项目资金"


class AssetsConfig(AppConfig):
    """Assets (固定资产)."""

    name = "youju.funds.assets"
    label = "assets"
    verbose_name = "固定资产"

    def ready(self) -> None:
        """Name the records for the trail, put the flows into force, offer import and labels."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.imports.declaring import register_importer
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.workflow.services import register_flow
        from youju.funds.assets import addresses, events, permissions
        from youju.funds.assets.documents.labels import LABELS
        from youju.funds.assets.imports import REGISTER
        from youju.rules.funds.assets import lifecycle

        for kind, label, url in (
            (lifecycle.ASSET_KIND, "固定资产", addresses.asset),
            (lifecycle.MOVE_KIND, "资产移交", addresses.move),
            (lifecycle.DISPOSAL_KIND, "资产处置", addresses.disposal),
            (lifecycle.STOCKTAKE_KIND, "资产盘点", addresses.stocktake),
        ):
            register_kind(kind, label, url=url, fields=events.FIELDS)
        for kind, label in (
            (events.DEMO_KIND, "示例资产"),
            (events.LABELS_KIND, "资产标签"),
            (events.MONTH_KIND, "折旧"),
            (events.PAYMENT_KIND, "付款的资产登记"),
        ):
            register_kind(kind, label, fields=events.FIELDS)
        register_flow(lifecycle.MOVE_FLOW, url=addresses.move)
        register_flow(lifecycle.DISPOSAL_FLOW, url=addresses.disposal)
        register_flow(lifecycle.STOCKTAKE_FLOW, url=addresses.stocktake)
        register_importer(REGISTER)
        register_template(LABELS)
        register(NavItem(SECTION, "固定资产", "assets:list", permissions.VIEW, "building", 40))

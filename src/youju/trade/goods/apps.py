"""The room of goods, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GoodsConfig(AppConfig):
    """Goods (商品认定)."""

    name = "youju.trade.goods"
    label = "goods"
    verbose_name = "商品认定"

    def ready(self) -> None:
        """Name the records for the trail."""
        self._declare_demo()

    @staticmethod
    def _declare_demo() -> None:
        from youju.foundation.audit.subjects import register_kind
        from youju.trade.goods import events

        register_kind(
            events.DEMO_KIND, "示例数据", fields={"lines": "税则编码", "goods": "商品", "seed": "种子"}
        )

"""Goods for a running product with demo accounts: what the journey of recognition needs, put in as a loader would."""

from __future__ import annotations


def seed() -> None:
    """A merchant of the demo's merchant organisation with three goods: one fine, one banned, one under inspection."""
    from django.utils import timezone

    from trade_made_recog import CHARCOAL, DRIED, good, merchant, tariff
    from youju.trade.goods.models import TariffVersion

    # From today on the tariff of the journey is in force, in place of the demo's.
    today = timezone.localdate()
    TariffVersion.objects.filter(valid_to=None).update(valid_to=today)
    tariff("认定示例税则", first=today, is_demo=True)
    party = merchant("DEMO-SH", number="BA-REC-1", name="示例箱包商户", is_demo=True)
    good(party, "SPREC1", is_demo=True)
    good(party, "SPREC2", name="烧烤用机制木炭", hs_code=CHARCOAL, unit="千克", is_demo=True)
    good(party, "SPREC3", name="尼龙双肩背包", name_en="Nylon backpack", hs_code=DRIED, is_demo=True)

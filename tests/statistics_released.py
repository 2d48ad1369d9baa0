"""Released declarations for tests of the statistics: made by the services, released on a day of the test's choosing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from trade_deals import Deal
from trade_declared import declared, order_of
from youju.trade.declarations.models import Declaration

CHINA = ZoneInfo("Asia/Shanghai")


def released(
    deal: Deal, day: str, *amounts: int, country: str = "KE", port: str = "0202"
) -> list[Declaration]:
    """Declarations of one order for each amount (in USD), released at noon of a day."""
    made = declared(deal, *(order_of(deal, amount) for amount in amounts))
    at = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=CHINA)
    for number, row in enumerate(made):
        entry = f"0202{at:%Y%m%d}{row.pk:04d}{number:02d}"
        Declaration.objects.filter(pk=row.pk).update(
            state="released", released_at=at, sent_at=at, country=country, port=port, entry_number=entry
        )
    return made

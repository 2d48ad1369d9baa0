"""Released goods and filings for tests, made through the services, as people and the clock would."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from statistics_released import released
from trade_deals import Deal
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations.models import Declaration
from youju.trade.exemptions import services
from youju.trade.exemptions.models import Filing

CHINA = ZoneInfo("Asia/Shanghai")
JUNE = date(2023, 6, 1)


def at(day: str) -> Any:
    """Within it the day is this one, at ten o'clock in China."""
    moment = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=CHINA)
    return patch("django.utils.timezone.now", lambda: moment)


def exported(deal: Deal, day: str = "2023-06-10", *amounts: int) -> list[Declaration]:
    """Declarations of the deal released on a day, one of 1,000 and one of 2,000 dollars unless said."""
    made = [each for amount in amounts or (1000, 2000) for each in released(deal, day, amount)]
    with reaching_all():
        for row in made:
            row.refresh_from_db()
    return made


def tax_officer() -> User:
    """Somebody of the tax office."""
    return person(Role.TAX, "SW")


def prepared(deal: Deal, month: date = JUNE, on: str = "2023-07-03") -> list[Filing]:
    """The agent's drafts of a month, made on a day."""
    with at(on), as_(deal.agent) as user:
        services.prepare(actor=user, month=month)
    with reaching_all():
        return list(Filing.objects.filter(month=month).order_by("pk"))


def filed(deal: Deal, row: Filing, on: str = "2023-07-05") -> Filing:
    """A draft filed by the agent on a day."""
    with at(on), as_(deal.agent) as user:
        return services.file(actor=user, filing_id=row.pk).row


def decided(officer: User, row: Filing, step: str, reason: str = "", on: str = "2023-07-06") -> Filing:
    """A step of the tax office."""
    with at(on), as_(officer) as user:
        return services.decide(actor=user, filing_id=row.pk, step=step, reason=reason).row

"""What the room of settlement does by itself."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.foundation.kernel.context import reaching_all
from youju.trade.settlement import services

_BACK = 7  # days that the frequent look goes back; the nightly one looks at all


@periodic("settlement.expire", title="释放到期的占用", cron="*/5 * * * *", atomic=False)
def expire() -> dict[str, int]:
    """Let go, each few minutes, what banks reserved for too long."""
    with reaching_all():
        return {"expired": services.expire()}


@periodic("settlement.open", title="开立核销台账", cron="*/15 * * * *")
def open_recent() -> dict[str, int]:
    """Open what was released past the services in the last days."""
    with reaching_all():
        return {"lines": services.open_released(timezone.localdate() - timedelta(days=_BACK))}


@periodic("settlement.settle", title="核对核销台账", cron="40 2 * * *")
def settle() -> dict[str, int]:
    """Each night: open whatever has no ledger, reverse what does not stand any more."""
    with reaching_all():
        return {"lines": services.open_released(), "reversed": services.reverse_gone()}

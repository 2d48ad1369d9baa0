"""What the duplicate proof does by itself; entered by ``duplicate_setup``."""

from __future__ import annotations

from youju.foundation.jobs.defining import periodic
from youju.funds.subsidies.services.duplicates import look_through


@periodic("subsidies.duplicates", title="比对全部补贴申请，找重复线索", cron="10 3 * * *")
def compare_all() -> dict[str, int]:
    """Compare all applications each night."""
    return look_through()

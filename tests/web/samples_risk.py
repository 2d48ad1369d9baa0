"""Sample arguments for the addresses of the room of risk."""

from __future__ import annotations

from datetime import date

from web.samples import Arguments, sample
from youju.trade.parties.models import Party
from youju.trade.risk.models import Draw, Hit, Trial

_DAY = date(2023, 6, 1)


def _hit() -> Hit:
    return Hit.objects.get_or_create(
        rule="RSK-001", subject="order:T0/1", period="sample",
        defaults={"day": _DAY, "message": "样例", "suggestion": "样例", "as_of": _DAY, "policy_hash": "0" * 64},
    )[0]  # fmt: skip


@sample("risk:hit")
def hit() -> Arguments:
    """One that was opened to nobody: parties are told that there is none."""
    return {"number": _hit().pk}


@sample("risk:step")
def no_such_step() -> Arguments:
    return {"number": 999_999_999, "name": "dispose"}


@sample("risk:try")
def a_rule() -> Arguments:
    return {"rule": "RSK-001"}


@sample("risk:trial")
def trial() -> Arguments:
    return {
        "number": Trial.objects.create(rule="RSK-001", since=_DAY, until=date(2023, 7, 1), asked_by="x").pk
    }


@sample("risk:peer")
def a_code() -> Arguments:
    return {"hs6": "420222"}


@sample("risk:graph")
def a_party() -> Arguments:
    Party.objects.get_or_create(
        number="RISK-SAMPLE", defaults={"roles": ["merchant"], "name": "样例户", "state": "approved"}
    )
    return {"number": "RISK-SAMPLE"}


@sample("risk:draw")
def a_day() -> Arguments:
    Draw.objects.get_or_create(day=_DAY, defaults={"commitment": "0" * 64, "seed": "sealed"})
    return {"day": "2023-06-01"}


@sample("api:risk_hit", "api:risk_step", "api:risk_own_step")
def no_hit() -> Arguments:
    return {"hit": 999_999_999}


@sample("api:risk_lane")
def no_lane() -> Arguments:
    return {"number": "D000000000000"}


@sample("api:risk_draw")
def no_draw() -> Arguments:
    return {"day": "1999-01-01"}


@sample("api:risk_scan_of")
def no_scan() -> Arguments:
    return {"scan": 999_999_999}

"""The demo's awards are paid through payments: both rooms and their measures tell the same, and what is planted is there."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from typing import Any

import pytest

from prepared import prepare
from trade_made_demo import SMALL_YEAR
from warm import WARM
from youju.funds.subsidies.demo import claim_tables

TOLD = """
import json
from django.db.models import Sum
from youju.analytics.answers import ask
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.workflow.selectors import log_of
from youju.funds.payments.models import Instruction, Payment
from youju.funds.payments.services.holding import subject_of
from youju.funds.payments.selectors import origin_of, states_of_origins
from youju.funds.projects.models import Ledger
from youju.funds.subsidies.models import Award, DuplicateHit, Objection
def value(code, year, **given):
    return str(ask(metrics()[code], Scope(Period.parse(year), parameters=given), PostgresEngine()).value)
with reaching_all():
    awards = list(Award.objects.select_related("application", "round").order_by("pk"))
    states = states_of_origins("subsidies.award", [each.application.number for each in awards])
    payments = {row.number: row for row in Payment.objects.filter(origin_kind="subsidies.award")}
    print(json.dumps({
        "awards": [
            {
                "policy": each.round.policy_code, "number": each.application.number, "state": each.state,
                "payment": each.payment, "amount": str(each.amount), "paid_amount": str(each.paid_amount),
                "paid_on": str(each.paid_on), "application": each.application.state,
                "there": states[each.application.number].number, "there_state": states[each.application.number].state,
                "there_amount": str(states[each.application.number].amount),
                "there_paid_on": str(states[each.application.number].paid_on),
                "opens": origin_of(payments[each.payment]).url,
                "account": payments[each.payment].account_masked[-4:] == each.application.account_masked[-4:],
                "steps": [step.label for step in log_of(subject_of(payments[each.payment]))],
                "lines": Instruction.objects.filter(payment__number=each.payment).count(),
            }
            for each in awards
        ],
        "payments": len(payments),
        "objections": Objection.objects.count(),
        "hits": DuplicateHit.objects.count(),
        "overdrawn": sum(row.paid + row.reserved > row.budget for row in Ledger.objects.all()),
        "ledgers_agree": all(
            row.paid == (Payment.objects.filter(project_id=row.project_id, state="paid").aggregate(s=Sum("amount"))["s"] or 0)
            for row in Ledger.objects.all()
        ),
        "disbursed": value("subsidies.disbursed_rate", "2023"),
        "paid_2024": value("payments.total_cost", "2024", tag="subsidy"),
        "wages": value("payments.on_time_rate", "2023", project="13060523P00454310001A", tag="wages"),
        "utilised": value("payments.cost_utilisation_rate", "2023", project="13060523P00456310001Q"),
    }))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    var = tmp_path_factory.mktemp("demo") / "var"
    prepare(var, demo=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    environment = kept | {"YOUJU_VAR": str(var), "YOUJU_DEMO_SCALE": SMALL_YEAR}
    ran = WARM.run(["django", "shell", "-v", "0", "-c", TOLD], environment)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout.strip().splitlines()[-1])
    return found


def planted() -> dict[str, Any]:
    """The rounds that are paid, by policy."""
    return {each["policy"]: each for each in claim_tables.rounds() if "paid" in each}


def test_each_award_has_its_payment_and_both_tell_the_same(told: dict[str, Any]) -> None:
    assert len(told["awards"]) == told["payments"] > 0
    # A small year has nobody large enough for the leading policy.
    assert set(planted()) - {"leading-2023"} <= {each["policy"] for each in told["awards"]} <= set(planted())
    for each in told["awards"]:
        assert each["payment"] == each["there"]
        assert each["amount"] == each["there_amount"]
        assert each["paid_on"] == each["there_paid_on"]
        assert each["opens"] == f"/claims/{each['number']}/"
        assert each["account"]
        assert each["lines"] == 1
        assert each["state"] == each["application"]
        assert {"paid": "paid", "bank_returned": "returned"}[each["state"]] == each["there_state"]
        assert len(each["steps"]) == 7  # begun, asked, two reviews, approved, sent, answered
        due = str(planted()[each["policy"]]["paid"])
        assert each["paid_on"] == (due if each["state"] == "paid" else "None")


def test_what_is_planted_is_there(told: dict[str, Any]) -> None:
    returned = [each for each in told["awards"] if each["state"] == "bank_returned"]
    assert len(returned) == sum("bank_return" in each for each in claim_tables.rounds()) == 1
    assert returned[0]["paid_amount"] == "0.00"
    assert told["objections"] == sum("objection" in each for each in claim_tables.rounds()) == 1
    assert told["hits"] >= sum(bool(each.get("same_account")) for each in claim_tables.rounds()) == 1


def test_no_project_pays_more_than_it_has_and_the_measures_agree(told: dict[str, Any]) -> None:
    assert (told["overdrawn"], told["ledgers_agree"]) == (0, True)
    paid = sum(Decimal(each["paid_amount"]) for each in told["awards"])
    given = sum(Decimal(each["amount"]) for each in told["awards"])
    assert Decimal(told["paid_2024"]) == paid
    assert abs(Decimal(told["disbursed"]) - paid * 100 / given) < Decimal("0.000001")
    # Of twelve months of wages one was paid late.
    assert Decimal(told["wages"]) == Decimal("91.666667")
    assert Decimal(told["utilised"]) > 0

"""``payments.cost_utilisation_rate`` over deliverables and payments that the services made; both open their records."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from funds_made import paid, project, staff
from office_made import contract, deliverable
from trade_people import as_, person
from youju.analytics.answers import all_rows, ask
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.identity.roles import Role
from youju.foundation.metrics.linking import linked
from youju.foundation.metrics.postgres import PostgresEngine
from youju.office.contracts import services as contracts

pytestmark = pytest.mark.django_db
CODE = "P-UTILISED"


def test_accepted_deliverables_of_what_was_paid() -> None:
    team, writer, accepts = staff(), person(Role.STF), person(Role.STF, username="accepts")
    scope = Scope(Period.year(timezone.localdate().year), parameters={"project": CODE})
    metric = metrics()["payments.cost_utilisation_rate"]
    engine = PostgresEngine()
    assert ask(metric, scope, engine).value is None
    money = project(team, "100000.00", code=CODE)
    with as_(writer):
        row = contract(writer, project=CODE)
        done, refused = deliverable(writer, row), deliverable(writer, row, title="第二份")
        for part in (done, refused):
            contracts.take_deliverable_step(actor=writer, deliverable_id=part.pk, step="deliver")
    with as_(accepts):
        contracts.take_deliverable_step(actor=accepts, deliverable_id=done.pk, step="accept")
    answer = ask(metric, scope, engine)
    assert (answer.value, answer.result.reason) == (None, "期间内没有付款，算不出成本利用率")
    paid(team, money, "25000.00")
    assert ask(metric, scope, engine).value == 50
    paid(team, project(team, code="OTHER"), "7.00")
    assert ask(metric, scope, engine).value == 50
    rows = [each for batch in all_rows(metric, scope, engine) for each in batch.to_pylist()]
    assert {each["part"]: each["contribution"] for each in rows} | {"open": Decimal(0)} == {
        "accepted": Decimal("12500.00"),
        "paid": Decimal("25000.00"),
        "open": Decimal(0),
    }
    links = linked(rows)
    assert any(link.url.startswith("/payments/FK") for link in links)
    assert any(link.url.startswith("/contracts/") for link in links)

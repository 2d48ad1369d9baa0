"""Rectification orders and suspensions: reply with evidence, verification by another, payments held until then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from funds_made import asked, stepped
from kept import kept
from monitoring_made import CODES, Office, frozen, office, order_step, ordered, replied, step
from trade_people import as_
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.funds.payments.services import RefusedPayment, make_bank_file
from youju.funds.projects.models import Project
from youju.performance.monitoring import selectors, services
from youju.performance.monitoring.models import Order, Reply, Round
from youju.performance.monitoring.selectors import OrderFilter
from youju.performance.monitoring.services import MonitoringRefusedError

pytestmark = pytest.mark.django_db


@kept
def made() -> tuple[Office, Round]:
    team = office()
    return team, frozen(team)


def suspended(team: Office, row: Order, reason: str = "执行严重滞后") -> Any:
    with as_(team.head):
        return services.suspend_payments(actor=team.head, number=row.number, reason=reason)


def test_an_order_is_answered_with_evidence_and_verified_by_another(made: tuple[Office, Round]) -> None:
    team, row = made
    order = ordered(team, row)
    assert (order.number[:2], order.due_on) == ("ZG", services.due_by_policy(order.issued_on))
    assert order.number in [each.subject.key for each in todo(team.trade)]
    with pytest.raises(PermissionDenied, match="外贸服务科"):
        order_step(team.market, order, "reply", text="好")
    with pytest.raises(InputError, match="没有写整改情况"):
        order_step(team.trade, order, "reply")
    with pytest.raises(MonitoringRefusedError, match="证明"):
        order_step(team.trade, order, "reply", text="已完成")
    order = replied(team, order)
    assert (order.state, order.replied_by) == ("replied", "mon-trade")
    order = order_step(team.finance, order, "refuse", reason="证明不全")
    assert (order.state, order.turn, order.replied_by) == ("issued", 2, "")
    with pytest.raises(MonitoringRefusedError):
        order_step(team.trade, order, "reply", text="用上一轮的证明")
    order = order_step(team.trade, replied(team, order), "take_back", reason="补充")
    order = order_step(team.finance, replied(team, order), "verify")
    assert (order.state, order.verified_by) == ("verified", "mon-finance")
    assert [each.turn for each in order.replies.all()] == [1, 2, 2]
    with pytest.raises(InputError, match="不在整改中"), as_(team.trade):
        services.add_evidence(actor=team.trade, number=order.number, content=b"%PDF-1.4 x", name="x.pdf")
    with pytest.raises(DatabaseError, match="as it was given"), transaction.atomic():
        Reply.objects.update(text="改过")


def test_what_an_order_must_say(made: tuple[Office, Round]) -> None:
    team, row = made
    today = timezone.localdate()
    for given, words in (
        ({"title": " "}, "没有写问题"),
        ({"requirement": ""}, "没有写整改要求"),
        ({"section": "XX"}, "没有这个科室"),
        ({"line": 99}, "没有这一行"),
        ({"due_on": today - timedelta(days=1)}, "早于下达日期"),
        ({"due_on": today + timedelta(days=90)}, "超过最长"),
    ):
        with pytest.raises(InputError, match=words):
            ordered(team, row, **given)
    with pytest.raises(PermissionDenied), as_(team.trade):
        services.issue_order(
            actor=team.trade, number=row.number, project=1, wish=services.OrderWish("x", "y", "WM")
        )
    step(team.officer, row, "drop", reason="重做")
    with pytest.raises(InputError, match="已作废"):
        ordered(team, row)


def test_lists_find_what_is_late_mine_or_held(made: tuple[Office, Round]) -> None:
    team, row = made
    order, other = ordered(team, row), ordered(team, row, section="SC", title="别的问题", line=None)
    Order.objects.filter(pk=other.pk).update(
        issued_on=timezone.localdate() - timedelta(days=40), due_on=timezone.localdate() - timedelta(days=3)
    )

    def found(user: Any = team.trade, **given: Any) -> list[str]:
        return [each.number for each in selectors.orders(user, OrderFilter(**given))]

    assert found(only="late") == [other.number]
    assert found(only="mine") == [order.number]
    assert found(text="别的 问题") == [other.number]
    assert found(state="replied") == found(only="verify") == found(only="held") == []
    assert found(section="SC") == [other.number]
    suspended(team, order)
    assert found(only="held") == [order.number]
    page = selectors.order_page(team.market, other.number)
    assert page.late
    assert [each.rule for each in page.said] == ["MON-010"]
    assert page.may_reply


def test_a_suspension_holds_payments_until_the_order_is_verified(made: tuple[Office, Round]) -> None:
    team, row = made
    funds = Project.objects.get(code=CODES[0])
    order = ordered(team, row)
    waiting = asked(team.staff, funds)
    stepped(team.trade2, waiting, "review_section")
    stepped(team.finance, waiting, "review")
    ready = asked(team.staff, funds, "600.00")
    for user, code in ((team.trade2, "review_section"), (team.finance, "review"), (team.head, "approve")):
        stepped(user, ready, code)
    with pytest.raises(MonitoringRefusedError, match="理由"):
        suspended(team, order, " ")
    with pytest.raises(PermissionDenied), as_(team.officer):
        services.suspend_payments(actor=team.officer, number=order.number, reason="x")
    suspended(team, order)
    with pytest.raises(InputError, match="已经暂停"):
        suspended(team, order)
    assert set(selectors.held_projects(team.officer)) == {CODES[0]}
    refused = pytest.raises(RefusedPayment, match="已暂停拨付：执行严重滞后")
    with refused:
        asked(team.staff, funds, "700.00")
    with refused:
        stepped(team.head, waiting, "approve")
    with refused, as_(team.finance):
        make_bank_file(actor=team.finance, numbers=[ready.number])
    other = asked(team.staff, Project.objects.get(code=CODES[1]))
    assert other.state == "requested"
    order_step(team.finance, replied(team, order), "verify")
    assert selectors.held_projects(team.officer) == {}
    stepped(team.head, waiting, "approve")
    (kept_,) = selectors.suspensions(team.officer, order)
    assert (kept_.lifted_by, kept_.lifted_why) == ("mon-finance", "整改通知已核实，恢复拨付")
    with pytest.raises(MonitoringRefusedError, match="已经办结"):
        suspended(team, order)


def test_the_head_may_lift_earlier_with_a_reason(made: tuple[Office, Round]) -> None:
    team, row = made
    order = ordered(team, row)
    suspended(team, order)

    def lift(reason: str) -> Any:
        with as_(team.head):
            return services.lift_suspension(actor=team.head, number=order.number, reason=reason)

    with pytest.raises(MonitoringRefusedError, match="理由"):
        lift("")
    assert lift("保障民生支出").lifted_why == "保障民生支出"
    with pytest.raises(InputError, match="没有因这份"):
        lift("再一次")
    suspended(team, order)
    order_step(team.officer, order, "withdraw", reason="下错了")
    assert selectors.held_projects(team.head) == {}


def test_a_project_without_a_budget_has_nothing_to_suspend(made: tuple[Office, Round]) -> None:
    team, row = made
    order = ordered(team, row)
    project = row.projects.get(place=1)
    project.pk, project.place, project.code, project.funds_id = None, 9, "X1", None
    project.save(force_insert=True)
    order.project = project
    order.save()
    with pytest.raises(InputError, match="没有资金台账"):
        suspended(team, order)

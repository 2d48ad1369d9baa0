"""The yearly plan and its engagements: drafted by the auditor, approved by the head, carried out as approved."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from audits_made import Office, engagement, office, today
from kept import kept
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.funds.internal_audits import selectors, services
from youju.funds.internal_audits.models import Engagement, Plan
from youju.funds.internal_audits.services import AuditRefusedError, ItemWish, PlanWish

pytestmark = pytest.mark.django_db
YEAR = 2023


@kept
def team() -> Office:
    return office()


def item(lead: str, **given: object) -> ItemWish:
    words = {
        "theme": "资金", "title": "付款检查", "lead": lead, "starts_on": date(YEAR, 3, 1),
        "ends_on": date(YEAR, 6, 30), "sections": ("CW",),
    }  # fmt: skip
    return ItemWish(**(words | given))  # type: ignore[arg-type]


def drafted(team: Office) -> Plan:
    with as_(team.auditor):
        row = services.draft_plan(actor=team.auditor, year=YEAR, wish=PlanWish("监督计划", ("资金",)))
        services.add_item(actor=team.auditor, year=YEAR, wish=item(team.auditor.username))
    return row


def test_one_plan_a_year_drafted_by_the_auditor(team: Office) -> None:
    drafted(team)
    with as_(team.auditor), pytest.raises(InputError, match="已有 2023 年") as refused:
        services.draft_plan(actor=team.auditor, year=YEAR, wish=PlanWish("又一份"))
    assert refused.value.status == 409
    for year in (1999, 2101):
        with as_(team.auditor), pytest.raises(InputError, match="年度"):
            services.draft_plan(actor=team.auditor, year=year, wish=PlanWish("哪一年"))
    for other in (team.market, team.head, team.finance, team.officer):
        with as_(other), pytest.raises(PermissionDenied):
            services.draft_plan(actor=other, year=2022, wish=PlanWish("不该有"))


def test_a_plan_goes_to_the_head_and_comes_back(team: Office) -> None:
    drafted(team)
    with as_(team.auditor):
        services.step_plan(actor=team.auditor, year=YEAR, step="submit")
        with pytest.raises(PermissionDenied):
            services.step_plan(actor=team.auditor, year=YEAR, step="approve")
        with pytest.raises(InputError, match="不在起草中"):
            services.add_item(actor=team.auditor, year=YEAR, wish=item(team.auditor.username))
    with as_(team.head):
        assert [each.subject.key for each in todo(team.head)] == [str(YEAR)]
        with pytest.raises(InputError, match="理由"):
            services.step_plan(actor=team.head, year=YEAR, step="return")
        services.step_plan(actor=team.head, year=YEAR, step="return", reason="加上合同")
    with as_(team.auditor):
        services.add_item(actor=team.auditor, year=YEAR, wish=item(team.auditor.username, title="合同检查"))
        services.step_plan(actor=team.auditor, year=YEAR, step="submit")
    with as_(team.head):
        row = services.step_plan(actor=team.head, year=YEAR, step="approve")
    assert (row.state, row.approved_on, row.approved_by) == ("approved", today(), team.head.username)
    with as_(team.auditor):
        row = services.step_plan(actor=team.auditor, year=YEAR, step="revise", reason="增加一项")
    assert (row.state, row.approved_on, row.approved_by) == ("draft", None, "")
    assert len(history("internal_audits.plan", str(YEAR)).lines) >= 7


def test_what_a_project_must_say(team: Office) -> None:
    drafted(team)
    for given, told in (
        ({"lead": "nobody"}, "负责人"),
        ({"sections": ("XX",)}, "没有科室"),
        ({"ends_on": date(YEAR + 1, 1, 1)}, "IAU-010"),
        ({"ends_on": date(YEAR, 2, 1)}, "IAU-010"),
    ):
        with as_(team.auditor), pytest.raises((InputError, AuditRefusedError), match=told):
            services.add_item(
                actor=team.auditor, year=YEAR, wish=item(**({"lead": team.auditor.username} | given))
            )  # type: ignore[arg-type]
    with as_(team.auditor):
        services.remove_item(actor=team.auditor, year=YEAR, place=1)
        with pytest.raises(InputError, match="没有这个项目"):
            services.remove_item(actor=team.auditor, year=YEAR, place=1)
        with pytest.raises(InputError, match="还没有项目"):
            services.step_plan(actor=team.auditor, year=YEAR, step="submit")


def test_words_are_put_right_by_whoever_saw_the_last_ones(team: Office) -> None:
    row = drafted(team)
    with as_(team.auditor):
        row = services.change_plan(
            actor=team.auditor, year=YEAR, wish=PlanWish("改名", (), "说明"), revision=row.revision
        )
        assert (row.title, row.note) == ("改名", "说明")
        with pytest.raises(InputError, match="刚才有改动"):
            services.change_plan(actor=team.auditor, year=YEAR, wish=PlanWish("再改"), revision=0)


def test_a_project_begins_once_under_an_approved_plan(team: Office) -> None:
    drafted(team)
    with as_(team.auditor), pytest.raises(InputError, match="还没有批准"):
        services.open_engagement(actor=team.auditor, year=YEAR, place=1)
    with as_(team.auditor):
        services.step_plan(actor=team.auditor, year=YEAR, step="submit")
    with as_(team.head):
        services.step_plan(actor=team.head, year=YEAR, step="approve")
    with as_(team.auditor):
        row = services.open_engagement(actor=team.auditor, year=YEAR, place=1)
        assert row.number == "JD2023-0001"
        for place, told in ((1, "已经开始了"), (2, "没有这个项目")):
            with pytest.raises(InputError, match=told):
                services.open_engagement(actor=team.auditor, year=YEAR, place=place)
        services.step_plan(actor=team.auditor, year=YEAR, step="revise", reason="调整")
        with pytest.raises(InputError, match="已经开始，不能删去"):
            services.remove_item(actor=team.auditor, year=YEAR, place=1)


def test_an_engagement_ends_with_a_conclusion_and_is_left_alone(team: Office) -> None:
    row = engagement(team)
    with as_(team.auditor):
        with pytest.raises(InputError, match="还没有写结论"):
            services.end_engagement(actor=team.auditor, engagement_id=row.pk, conclusion=" ")
        services.end_engagement(actor=team.auditor, engagement_id=row.pk, conclusion="总体合规")
        with pytest.raises(InputError, match="已经结束"):
            services.end_engagement(actor=team.auditor, engagement_id=row.pk, conclusion="再结束")
    assert Engagement.objects.get().ended_on == today()
    with as_(team.market):
        page = selectors.engagement_page(team.market, row.pk)
        assert not page.may_work and page.row.conclusion == "总体合规"


def test_what_is_not_there_is_said(team: Office) -> None:
    with as_(team.auditor):
        for ask in (
            lambda: selectors.plan_page(team.auditor, 1900),
            lambda: selectors.engagement_page(team.auditor, 10**19),
            lambda: selectors.sample_page(team.auditor, 7),
            lambda: selectors.item_page(team.auditor, 7),
            lambda: selectors.finding_page(team.auditor, "WT2023-0001\0"),
        ):
            with pytest.raises(InputError) as refused:
                ask()
            assert refused.value.status == 404

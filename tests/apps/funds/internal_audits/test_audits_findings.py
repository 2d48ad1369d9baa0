"""Findings: registered with a basis, put right with evidence, verified by another person, closed, opened again."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from docx import Document

from audits_made import Office, closed, finding, office, replied, step, today, wish
from funds_made import Staff, paid, project
from funds_made import staff as funds_staff
from kept import kept
from office_made import PNG, contract, task
from trade_people import as_
from youju.foundation.documents.figures.reading import read_figures
from youju.foundation.documents.services import Requested
from youju.foundation.files.selectors import read_kept
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import log_of, todo
from youju.funds.internal_audits import events, jobs, selectors, services
from youju.funds.internal_audits.models import Finding, Reminder, Reply
from youju.funds.internal_audits.selectors import FindingFilter
from youju.funds.internal_audits.services import AuditRefusedError
from youju.funds.payments.models import AuditFinding, Payment

pytestmark = pytest.mark.django_db


@kept
def team() -> Office:
    return office()


@kept
def payment() -> Payment:
    money: Staff = funds_staff()
    return paid(money, project(money, budget="10000.00"), amount="500.00")


def test_registered_with_a_number_and_a_limit(team: Office) -> None:
    row = finding(team)
    assert row.number == f"WT{today().year}-0001" and row.state == "noted"
    with as_(team.auditor):
        assert [each.subject.key for each in todo(team.auditor)] == [row.number]
    row = step(team.auditor, row, "notify")
    assert row.noticed_on == today() and row.due_on == services.due_by_policy("minor", today())
    assert services.due_by_policy("grave", today()) < services.due_by_policy("major", today()) < row.due_on
    with as_(team.market):
        assert [each.subject.key for each in todo(team.market)] == [row.number]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"basis": " "}, "IAU-001"),
        ({"title": ""}, "没有写问题"),
        ({"description": " "}, "没有写情况"),
        ({"category": "x"}, "没有这个类别"),
        ({"seriousness": "x"}, "没有这个严重程度"),
        ({"section": "XX"}, "没有这个责任科室"),
        ({"found_on": today() + timedelta(days=1)}, "发现日期"),
        ({"record": "contracts"}, "没有填全"),
        ({"key": "1"}, "没有填全"),
        ({"record": "contracts", "key": "NONE"}, "没有编号"),
        ({"record": "payments", "key": "FK\0"}, "没有编号"),
        ({"record": "tasks", "key": "GZ"}, "没有编号"),
        ({"record": "awards", "key": "BT"}, "没有编号"),
        ({"record": "nothing", "key": "1"}, "没有这种记录"),
        ({"item": 99}, "没有这份工作底稿"),
        ({"engagement": 99}, "没有这个监督项目"),
    ],
)
def test_what_cannot_be_registered_is_said(team: Office, given: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        finding(team, **given)
    assert not Finding.objects.exists()


def test_tied_to_a_contract_and_no_dearer_than_it(team: Office) -> None:
    deal = contract(team.market, amount=Decimal("50000.00"))
    with pytest.raises(AuditRefusedError, match="IAU-002"):
        finding(team, record="contracts", key=deal.number, amount=Decimal("50000.01"))
    row = finding(team, record="contracts", key=deal.number, amount=Decimal("50000.00"))
    assert (row.subject_kind, row.subject_key) == ("contracts.contract", str(deal.pk))
    assert row.record_amount == deal.amount and deal.title in row.subject_label
    job = task(team.market)
    other = finding(team, record="tasks", key=job.number, amount=None)
    assert (other.subject_kind, other.record_amount) == ("tasks.task", None)
    with as_(team.head):
        assert selectors.finding_page(team.head, row.number).url == f"/contracts/{deal.pk}/"
        assert list(selectors.of_record(team.head, "tasks.task", str(job.pk))) == [other]


def test_changed_before_the_section_is_told_and_not_after(team: Office) -> None:
    row = finding(team)
    with as_(team.auditor):
        row = services.change_finding(
            actor=team.auditor, number=row.number, wish=wish(title="改过的问题"), revision=0
        ).finding
        assert row.title == "改过的问题"
        with pytest.raises(InputError, match="刚才有改动"):
            services.change_finding(actor=team.auditor, number=row.number, wish=wish(), revision=0)
    step(team.auditor, row, "notify")
    with as_(team.auditor), pytest.raises(InputError, match="已经下发"):
        services.change_finding(actor=team.auditor, number=row.number, wish=wish())


def test_a_deadline_of_its_own_lies_after_the_notice(team: Office) -> None:
    row = finding(team)
    with pytest.raises(AuditRefusedError, match="IAU-003"):
        step(team.auditor, row, "notify", due_on=today() - timedelta(days=1))
    row = step(team.auditor, row, "notify", due_on=today() + timedelta(days=3))
    assert row.due_on == today() + timedelta(days=3)


def test_only_the_responsible_section_replies_and_only_with_evidence(team: Office) -> None:
    row = step(team.auditor, finding(team), "notify")
    for other in (team.trade, team.finance):
        with pytest.raises(PermissionDenied, match="市场服务科"):
            step(other, row, "reply", text="不归我")
        with as_(other), pytest.raises(PermissionDenied):
            services.add_evidence(actor=other, number=row.number, content=PNG, name="a.png")
    for other in (team.auditor, team.officer, team.head):
        with pytest.raises(PermissionDenied):
            step(other, row, "reply", text="不归我")
    with pytest.raises(InputError, match="没有写整改情况"):
        step(team.market, row, "reply", text=" ")
    with pytest.raises(AuditRefusedError, match="IAU-008"):
        step(team.market, row, "reply", text="改好了")
    row = replied(team, row)
    assert (row.state, row.replied_by) == ("replied", team.market.username)
    with as_(team.market), pytest.raises(InputError, match="不在整改中"):
        services.add_evidence(actor=team.market, number=row.number, content=PNG, name="b.png")


def test_finance_answers_for_its_own_section(team: Office) -> None:
    row = replied(team, finding(team, section="CW"), team.finance)
    assert row.replied_by == team.finance.username
    row = step(team.finance, row, "take_back", reason="少了附件")
    assert (row.state, row.replied_by) == ("rectifying", "")
    due = row.due_on
    row = step(team.finance, row, "reply", text="补齐了")
    assert row.state == "replied" and row.due_on == due


def test_verified_by_another_person_closed_and_opened_again(team: Office) -> None:
    row = replied(team, finding(team))
    with pytest.raises(PermissionDenied):
        step(team.market, row, "verify")
    row = step(team.auditor, row, "verify")
    assert (row.state, row.verified_by) == ("verified", team.auditor.username)
    row = step(team.auditor, row, "close")
    assert (row.state, row.closed_on) == ("closed", today())
    with pytest.raises(InputError, match="理由"):
        step(team.auditor, row, "reopen")
    row = step(team.auditor, row, "reopen", reason="同样的问题又出现")
    assert (row.state, row.reopened, row.round, row.closed_on, row.verified_by) == (
        "rectifying",
        1,
        2,
        None,
        "",
    )
    assert row.reopened_why == "同样的问题又出现" and row.due_on is not None
    with pytest.raises(AuditRefusedError, match="IAU-008"):
        step(team.market, row, "reply", text="证明是上一轮的")
    row = closed(team, row)
    row = step(team.auditor, row, "reopen", reason="第三次出现")
    assert Reply.objects.filter(finding=row).count() == 2
    steps = [each.label for each in log_of(events.finding_subject(row))]
    assert steps.count("重新打开") == 2 and steps.count("销号") == 2
    with as_(team.head):
        page = selectors.finding_page(team.head, row.number)
    assert [reply.round for reply, _ in page.replies] == [1, 2] and all(files for _, files in page.replies)
    assert "IAU-006" in [each.rule for each in page.said]


def test_whoever_replied_does_not_verify_even_where_the_database_is_asked(team: Office) -> None:
    both = team.head
    both.roles = ["HED", "STF"]
    both.sections = ["SC"]
    both.save()
    row = replied(team, finding(team), both)
    with pytest.raises(AuditRefusedError, match="IAU-004"):
        step(both, row, "verify")
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Finding.objects.filter(pk=row.pk).update(verified_by=both.username)


def test_refused_with_a_reason_and_withdrawn(team: Office) -> None:
    row = replied(team, finding(team))
    row = step(team.auditor, row, "refuse", reason="单据不全")
    assert (row.state, row.round, row.reopened) == ("rectifying", 2, 0)
    with pytest.raises(PermissionDenied):
        step(team.market, row, "withdraw", reason="不想改")
    row = step(team.auditor, row, "withdraw", reason="登记有误")
    assert row.state == "withdrawn"
    with pytest.raises(InputError):
        step(team.auditor, row, "notify")
    with pytest.raises(InputError, match="没有这一步"):
        step(team.auditor, row, "fly")


def test_a_stale_page_is_told_who_moved_it(team: Office) -> None:
    row = step(team.auditor, finding(team), "notify")
    with pytest.raises(InputError) as refused:
        step(team.auditor, row, "withdraw", reason="看到的是旧的", expected="noted")
    assert refused.value.status == 409


def test_an_open_finding_keeps_its_payment_from_counting_as_compliant(team: Office, payment: Payment) -> None:
    def told() -> list[tuple[str, bool]]:
        return list(AuditFinding.objects.filter(payment=payment).values_list("key", "is_open"))

    row = finding(team, record="payments", key=payment.number, amount=Decimal("500.00"))
    assert told() == [(row.number, True)]
    row = closed(team, row)
    assert told() == [(row.number, False)]
    row = step(team.auditor, row, "reopen", reason="又出现")
    assert told() == [(row.number, True)]
    other = finding(team, record="payments", key=payment.number, amount=None)
    with as_(team.auditor):
        services.change_finding(actor=team.auditor, number=other.number, wish=wish())
    step(team.auditor, row, "withdraw", reason="重复登记")
    assert told() == [(row.number, False), (other.number, False)]


def test_the_nightly_round_says_each_thing_once(team: Office) -> None:
    late, soon, far = (step(team.auditor, finding(team), "notify") for _ in range(3))
    Finding.objects.filter(pk=late.pk).update(
        noticed_on=today() - timedelta(days=9), due_on=today() - timedelta(days=2)
    )
    Finding.objects.filter(pk=soon.pk).update(due_on=today() + timedelta(days=3))
    Finding.objects.filter(pk=far.pk).update(due_on=today() + timedelta(days=30))
    assert jobs.remind() == {"reminders": 2, "late": 1}
    assert services.remind(today=today()) == {"reminders": 0, "late": 0}
    found = dict(Reminder.objects.values_list("finding__number", "rule"))
    assert found == {late.number: "IAU-007", soon.number: "IAU-009"}


def test_filters_narrow(team: Office) -> None:
    row = step(team.auditor, finding(team, title="付款无验收"), "notify")
    other = finding(team, title="合同超期", section="WM", category="contract", seriousness="grave")
    Finding.objects.filter(pk=row.pk).update(
        noticed_on=today() - timedelta(days=9), due_on=today() - timedelta(days=1)
    )

    def found(user: object = None, **given: str) -> set[str]:
        actor = user or team.head
        return set(selectors.findings(actor, FindingFilter(**given)).values_list("number", flat=True))  # type: ignore[arg-type]

    assert found() == {row.number, other.number}
    assert found(text="付款 WT") == found(state="rectifying") == found(only="late") == {row.number}
    assert found(category="contract") == found(section="WM") == found(seriousness="grave") == {other.number}
    assert found(team.market, only="mine") == {row.number} and found(team.trade, only="mine") == set()
    assert (
        found(only="verify")
        == found(only="reopened")
        == found(record="payments")
        == found(text="\0x")
        == set()
    )
    assert found(only="open") == {row.number, other.number} and found(record="nothing") == set()


def test_the_report_counts_and_ages(team: Office) -> None:
    step(team.auditor, finding(team), "notify")
    closed(team, finding(team, amount=Decimal("900.00")))
    old = finding(team, section="WM", found_on=today() - timedelta(days=200))
    step(team.auditor, finding(team), "withdraw", reason="登记有误")
    with as_(team.officer):
        found = selectors.report(team.officer)
        one = selectors.report(team.officer, old.found_on.year)
    assert (found.total.count, found.total.open, found.total.closed) == (3, 2, 1)
    assert found.total.amount == Decimal("1100.00")
    assert {line.label: line.count for line in found.by_section} == {"市场服务科": 2, "外贸服务科": 1}
    assert dict(found.ages)["180 天以上"] == 1 and dict(found.ages)["0—30 天"] == 1
    assert dict(found.by_state)["整改中"] == 1 and one.total.count >= 1
    assert old.found_on.year in found.years


def _made(asked: Requested, team: Office) -> bytes:
    work_off()
    with as_(team.auditor):
        return read_kept(services.hand_out_document(actor=team.auditor, document_id=asked.id)[1].sha256)


def test_the_notice_and_the_list_are_made_as_docx(team: Office) -> None:
    row = finding(team, suggestion="补齐验收单")
    with as_(team.auditor), pytest.raises(InputError, match="还没有下发"):
        services.request_notice(actor=team.auditor, number=row.number)
    step(team.auditor, row, "notify")
    with as_(team.auditor):
        asked = services.request_notice(actor=team.auditor, number=row.number)
        listed = services.request_list(actor=team.auditor, wish=FindingFilter(only="open"))
        with pytest.raises(InputError, match="没有符合条件"):
            services.request_list(actor=team.auditor, wish=FindingFilter(only="reopened"))
    content = _made(asked, team)
    word = Document(io.BytesIO(content))
    cells = [cell.text for line in word.tables[0].rows for cell in line.cells]
    assert row.number in cells and "财务管理办法第十二条" in cells and "补齐验收单" in cells
    assert "市场服务科" in word.paragraphs[1].text
    assert [each.value for each in read_figures(content, "通知书.docx")] == ["100.00"]
    table = Document(io.BytesIO(_made(listed, team))).tables[0]
    assert table.rows[1].cells[0].text == row.number
    with as_(team.head), pytest.raises(InputError, match="没有这份文件"):
        services.hand_out_document(actor=team.head, document_id=listed.id)

"""Files for the bank and its answers: made once, handed out alike, booked once, in whatever order."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from python_calamine import CalamineWorkbook

from funds_made import Staff, answered, answers, approved, due, paid, payee, project, sent, staff, through
from trade_people import as_
from youju.foundation.kernel.errors import InputError
from youju.funds.payments import services
from youju.funds.payments.facts import PaymentEvent
from youju.funds.payments.models import BankFile, BankReturn, Payment, ReturnRow
from youju.funds.payments.services import listening
from youju.funds.projects.models import Ledger

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def team() -> Staff:
    return staff()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[PaymentEvent]:
    found: list[PaymentEvent] = []
    monkeypatch.setattr(listening, "_listeners", [found.append])
    return found


def state(row: Payment) -> str:
    row.refresh_from_db()
    return row.state


def test_a_file_has_header_rows_and_control_total(team: Staff) -> None:
    row = project(team)
    first = approved(team, row, "100.10", payee=payee(account="6222020200001234565"))
    second = approved(team, row, "200.25")
    made = sent(team, first, second)
    with as_(team.cashier):
        _, content = services.hand_out(actor=team.cashier, number=made.number, format="csv")
        _, book = services.hand_out(actor=team.cashier, number=made.number, format="xlsx")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["清单编号", made.number]
    assert rows[2:4] == [["笔数", "2"], ["合计金额", "300.35"]]
    assert rows[5][1:6] == [
        f"{first.number}-01",
        first.payee_name,
        "6222020200001234565",
        first.bank,
        "100.10",
    ]
    assert rows[-1][:6] == ["合计", "2 笔", "", "", "", "300.35"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert sheet[5][3] == "6222020200001234565"
    assert sheet[-1][5] == 300.35
    assert hashlib.sha256(content).hexdigest() == made.sha256_csv
    assert "6222020200001234565" not in made.sealed_csv


def test_a_payment_is_in_one_file_and_the_file_is_always_the_same(team: Staff) -> None:
    made = approved(team, project(team))
    file = sent(team, made)
    with as_(team.cashier):
        with pytest.raises(InputError, match="不能送银行"):
            services.make_bank_file(actor=team.cashier, numbers=[made.number])
        again = [
            services.hand_out(actor=team.cashier, number=file.number, format="xlsx")[1] for _ in range(2)
        ]
        with pytest.raises(InputError, match="不能作废"):
            services.void_file(actor=team.cashier, number=file.number, reason="重做")
    assert again[0] == again[1]
    assert BankFile.objects.count() == 1


def test_a_file_that_nobody_has_is_voided_and_its_payments_go_into_the_next(team: Staff) -> None:
    made = approved(team, project(team))
    file = sent(team, made, handed=False)
    with as_(team.cashier):
        services.void_file(actor=team.cashier, number=file.number, reason="少了一笔")
        with pytest.raises(InputError, match="已作废"):
            services.hand_out(actor=team.cashier, number=file.number, format="csv")
    assert state(made) == "approved"
    sent(team, made)
    assert list(made.instructions.order_by("pk").values_list("reference", "state")) == [
        (f"{made.number}-01", "recalled"),
        (f"{made.number}-02", "open"),
    ]


def test_who_approved_does_not_send(team: Staff) -> None:
    team.head.roles = ["HED", "FIN"]
    team.head.save()
    made = approved(team, project(team))
    with as_(team.head), pytest.raises(PermissionDenied, match="须由不同的人办理"):
        services.make_bank_file(actor=team.head, numbers=[made.number])
    assert BankFile.objects.count() == 0


def test_answers_are_booked_once(team: Staff, heard: list[PaymentEvent]) -> None:
    row = project(team, "1000.00")
    first, second = approved(team, row, "100.00"), approved(team, row, "200.00")
    file = sent(team, first, second)
    day = TODAY()
    content = answers(
        (f"{first.number}-01", "100.00", True, day), (f"{second.number}-01", "200.00", False, day)
    )
    read = answered(team, content)
    assert (read.applied, read.known, read.odd) == (2, 0, 0)
    assert (state(first), state(second)) == ("paid", "returned")
    assert (first.paid_on, second.return_reason) == (day, "账号户名不符")
    ledger = Ledger.objects.get(project=row)
    assert (ledger.paid, ledger.reserved) == (Decimal("100.00"), Decimal("200.00"))
    file.refresh_from_db()
    assert file.state == "answered"
    same = answered(team, content, name="另一个名字.csv")
    assert same.pk == read.pk
    other = answered(team, content + b"\n")
    assert (other.applied, other.known, other.odd) == (0, 2, 0)
    happenings = [each.happening for each in heard]
    assert happenings == ["requested", "requested", "sent", "sent", "paid", "returned"]
    assert heard[-1].reason == "账号户名不符"


def test_odd_answers_change_nothing_and_wait_for_somebody(team: Staff) -> None:
    made, fresh = approved(team, project(team), "100.00"), approved(team, project(team), "70.00")
    sent(team, made)
    sent(team, fresh, handed=False)
    read = answered(
        team,
        answers(
            ("FK990101000001-01", "5.00", True, TODAY()),
            (f"{made.number}-01", "100.01", True, TODAY()),
            (f"{fresh.number}-01", "70.00", True, TODAY()),
        ),
    )
    assert list(read.answers.order_by("line").values_list("verdict", flat=True)) == [
        "unknown",
        "amount",
        "not_sent",
    ]
    assert (state(made), state(fresh)) == ("sent", "sent")
    odd = read.answers.order_by("line").first()
    assert odd is not None
    with as_(team.cashier):
        services.settle_row(actor=team.cashier, row_id=odd.pk, conclusion="别的单位的，已退银行")
        with pytest.raises(InputError, match="不需要处理"):
            services.settle_row(actor=team.cashier, row_id=odd.pk, conclusion="再来")
    assert ReturnRow.objects.filter(settled_at=None).count() == 2


def test_a_returned_payment_is_corrected_reviewed_anew_and_sent_under_a_new_reference(team: Staff) -> None:
    row = project(team, "1000.00")
    made = approved(team, row, "300.00")
    sent(team, made)
    answered(team, answers((f"{made.number}-01", "300.00", False, TODAY())))
    with as_(team.asks):
        with pytest.raises(InputError, match="须写明理由"):
            services.correct_payment(
                actor=team.asks,
                number=made.number,
                payee=payee(name=made.payee_name),
                due_on=due(),
                reason="",
            )
        fixed = services.correct_payment(
            actor=team.asks,
            number=made.number,
            payee=payee(name=made.payee_name),
            due_on=due(),
            reason="电话核实了新账号",
        )
    assert (fixed.state, fixed.approved_by, fixed.amount) == ("requested", [], Decimal("300.00"))
    with pytest.raises(PermissionDenied, match="须由不同的人办理"):
        from funds_made import stepped

        stepped(team.asks, fixed, "review_section")
    through(team, fixed)
    sent(team, fixed)
    late = answered(
        team, answers((f"{made.number}-01", "300.00", False, TODAY() + timedelta(days=1))), name="迟到.csv"
    )
    assert (late.known, state(made)) == (1, "sent")
    wrong = answered(
        team, answers((f"{made.number}-01", "300.00", True, TODAY() + timedelta(days=2))), name="矛盾.csv"
    )
    assert (wrong.odd, state(made)) == (1, "sent")
    answered(team, answers((f"{made.number}-02", "300.00", True, TODAY())), name="好了.csv")
    assert state(made) == "paid"
    ledger = Ledger.objects.get(project=row)
    assert (ledger.paid, ledger.reserved) == (Decimal("300.00"), Decimal(0))


@pytest.mark.parametrize("turned", [False, True])
def test_paid_and_returned_days_later_ends_as_returned_in_either_order(team: Staff, turned: bool) -> None:
    made = approved(team, project(team), "80.00")
    sent(team, made)
    day = TODAY() - timedelta(days=3)
    files = [
        answers((f"{made.number}-01", "80.00", True, day)),
        answers((f"{made.number}-01", "80.00", False, day + timedelta(days=2))),
    ]
    for place, content in enumerate(reversed(files) if turned else files):
        answered(team, content, name=f"{place}.csv")
    assert state(made) == "returned"
    assert made.paid_on is None
    both = approved(team, project(team), "90.00")
    sent(team, both)
    rows = [
        (f"{both.number}-01", "90.00", False, day + timedelta(days=2)),
        (f"{both.number}-01", "90.00", True, day),
    ]
    answered(team, answers(*rows), name="一份.csv")
    assert state(both) == "returned"


def test_an_answer_by_hand(team: Staff) -> None:
    made = approved(team, project(team))
    sent(team, made)
    with as_(team.cashier):
        with pytest.raises(InputError, match="还没有到"):
            services.register_answer(
                actor=team.cashier,
                number=made.number,
                paid=True,
                on=TODAY() + timedelta(days=1),
                reason="电话",
            )
        services.register_answer(
            actor=team.cashier, number=made.number, paid=True, on=TODAY(), reason="回单 0012"
        )
        with pytest.raises(InputError, match="登记不上"):
            services.register_answer(
                actor=team.cashier, number=made.number, paid=True, on=TODAY(), reason="再来"
            )
    assert state(made) == "paid"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "没有一行结果|找不到"),
        ("甲,乙\n1,2".encode(), "找不到付款凭证号"),
        ("付款凭证号,金额,结果\nX,1,成功".encode(), "没有日期"),
        ("付款凭证号,金额,结果,日期\nX,一元,成功,2023-06-01".encode(), "第 2 行.*金额“一元”读不出来"),
        ("付款凭证号,金额,结果,日期\nX,1.001,成功,2023-06-01".encode(), "金额“1.001”读不出来"),
        ("付款凭证号,金额,结果,日期\nX,1,也许,2023-06-01".encode(), "结果“也许”看不懂"),
        ("付款凭证号,金额,结果,日期\nX,1,成功,2023-13-01".encode(), "日期“2023-13-01”读不出来"),
        ("付款凭证号,金额,结果,日期\n合计,1,成功,2023-06-01".encode(), "没有一行结果"),
        (b"\x89PNG....", "这不是表格文件"),
    ],
)
def test_a_file_that_cannot_be_read_stores_nothing(team: Staff, content: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        answered(team, content)
    assert BankReturn.objects.count() == 0


def test_outcome_is_accepted_by_somebody_else(team: Staff) -> None:
    made = paid(team, project(team))
    team.officer.roles = ["PFO", "STF"]
    team.officer.save()
    from youju.foundation.files.services import keep

    kept = keep(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF", name="验收单.pdf", purpose="evidence")
    with as_(team.asks):
        with pytest.raises(InputError, match="要附文件"):
            services.submit_outcome(actor=team.asks, number=made.number, note="货到齐了", evidence=())
        services.submit_outcome(
            actor=team.asks, number=made.number, note="货到齐了", evidence=[(kept.sha256, "验收单.pdf")]
        )
    with as_(team.finance), pytest.raises(PermissionDenied):
        services.decide_outcome(actor=team.finance, number=made.number, accept=True)
    with as_(team.officer):
        done = services.decide_outcome(actor=team.officer, number=made.number, accept=True)
    assert (done.outcome, done.accepted_by) == ("accepted", ["funds-officer"])


def test_a_finding_is_noted_once_and_closed(team: Staff) -> None:
    made = paid(team, project(team))
    for _ in range(2):
        found = services.note_finding(
            number=made.number, key="SJ-1", is_open=True, note="票据不全", by=team.auditor
        )
    closed = services.note_finding(number=made.number, key="SJ-1", is_open=False, by=team.auditor)
    assert (found.pk, closed.is_open, made.audit_findings.count()) == (closed.pk, False, 1)
    assert isinstance(closed.closed_at.date(), date)

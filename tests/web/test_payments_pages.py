"""Pages of projects and payments: each opens, says what is refused where it stands, and does what its forms ask."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from funds_made import Staff, answers, approved, asked, due, paid, project, sent, staff, stepped
from youju.foundation.identity.models import User
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.funds.payments.models import BankFile, BankReturn, Payment
from youju.funds.projects.models import Adjustment, Batch, Project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@pytest.fixture
def team() -> Staff:
    return staff()


def enter(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def form(row: Project, **values: str) -> dict[str, str]:
    told = {
        "project": str(row.pk), "amount": "120.00", "purpose": "打印纸", "due_on": due().isoformat(), "payee_name": "示例商行",
        "account": "0000111122223333", "bank": "示例银行", "explanation": "",
    }  # fmt: skip
    return told | values


def test_empty_pages_say_what_to_do(team: Staff) -> None:
    finance = enter(team.finance)
    assert "登记一个项目" in body(finance, "/projects/")
    assert "申请一笔付款" in body(finance, "/payments/")
    assert "没有待送银行的付款" in body(finance, "/payments/bank/")
    assert "还没有读入回单" in body(finance, "/payments/returns/")
    assert "还没有资金项目" in body(finance, "/payments/progress/")


def test_a_project_from_entering_to_its_tabs(team: Staff) -> None:
    finance = enter(team.finance)
    answer = finance.post(
        "/projects/new/",
        {"year": "2023", "code": "P-1", "name": "项目甲", "fiscal": "1000.00", "carried": "200.00", "from_year": "2022",
         "plan_06": "500.00", "plan_12": "1200.00"},
    )  # fmt: skip
    row = Project.objects.get()
    assert answer["Location"] == f"/projects/{row.pk}/"
    page = body(finance, f"/projects/{row.pk}/tab/plan/")
    assert "（空白）" in page and "1,200.00" in page and "上年结转" in page
    assert (
        finance.post("/projects/new/", {"year": "2023", "code": "P-1", "name": "又一个"}).status_code == 422
    )
    finance.post(
        f"/projects/{row.pk}/head/", {"name": "项目乙", "section": "综合科", "revision": row.revision}
    )
    assert "综合科" in body(finance, f"/projects/{row.pk}/")
    finance.post(f"/projects/{row.pk}/planned/", {"plan_03": "100.00", "plan_12": "1200.00"})
    finance.post(
        f"/projects/{row.pk}/step/",
        {
            "kind": "contract",
            "done_on": "2023-02-01",
            "document_number": "HT-9",
            "supplier": "乙",
            "amount": "900.00",
        },
    )
    assert "HT-9" in body(finance, f"/projects/{row.pk}/tab/steps/")
    paper = SimpleUploadedFile(
        "批复.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF", "application/pdf"
    )
    finance.post(
        f"/projects/{row.pk}/propose/",
        {"source": "fiscal", "amount": "50.00", "document_number": "财1号", "reason": "追加", "file": paper},
    )
    number = Adjustment.objects.get().number
    assert "批复.pdf" in body(finance, f"/projects/adjustments/{number}/")
    enter(team.head).post(f"/projects/adjustments/{number}/", {"transition": "approve", "state": "proposed"})
    assert "1,250.00" in body(finance, f"/projects/{row.pk}/tab/adjustments/")
    enter(team.asks).post(f"/projects/{row.pk}/batch/", {"title": "第一批"})
    batch = Batch.objects.get().number
    enter(team.asks).post(f"/projects/batches/{batch}/", {"transition": "deliver"})
    enter(team.head).post(f"/projects/batches/{batch}/", {"transition": "accept", "reason": "同意"})
    assert "已验收" in body(finance, f"/projects/batches/{batch}/")
    finance.post(f"/projects/{row.pk}/close/", {"reason": "年终"})
    assert "已结束" in body(finance, f"/projects/{row.pk}/")
    finance.post(f"/projects/{row.pk}/reopen/", {"reason": "补付"})
    assert "执行中" in body(finance, f"/projects/{row.pk}/")


def test_a_request_is_refused_beside_its_fields_and_then_made(team: Staff) -> None:
    row, asks = project(team, "100.00"), enter(team.asks)
    page = asks.post("/payments/new/", form(row, account="12"))
    assert page.status_code == 422
    told = page.content.decode()
    assert "PAY-021" in told and "PAY-002" in told
    evidence = SimpleUploadedFile(
        "发票.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF", "application/pdf"
    )
    made = asks.post("/payments/new/", {**form(row, amount="99.00"), "evidence": evidence})
    assert made.status_code == 302, made.content.decode()
    page_text = body(asks, made["Location"])
    assert "发票.pdf" in page_text and "须由不同的人办理" in page_text and "0000********3333" in page_text
    assert "0000111122223333" not in page_text


def test_the_whole_way_by_pages(team: Staff) -> None:
    row = project(team)
    made = asked(team, row, "500.00")
    here = f"/payments/{made.number}/"
    for who, step in ((team.section, "review_section"), (team.finance, "review"), (team.head, "approve")):
        assert enter(who).post(f"{here}step/", {"transition": step}, follow=True).status_code == 200
    cashier = enter(team.cashier)
    assert made.number in body(cashier, "/payments/bank/")
    answer = cashier.post("/payments/bank/make/", {"number": [made.number]})
    file = BankFile.objects.get()
    assert answer["Location"] == f"/payments/bank/{file.number}/"
    assert file.sha256_csv in body(cashier, answer["Location"])
    assert cashier.get(f"/payments/bank/{file.number}/xlsx/").content[:2] == b"PK"
    assert cashier.get(f"/payments/bank/{file.number}/pdf/").status_code == 400
    content = answers(
        (f"{made.number}-01", "500.00", True, timezone.localdate()),
        ("X-1", "5.00", True, timezone.localdate()),
    )
    read = cashier.post("/payments/returns/read/", {"file": io.BytesIO(content)})
    found = BankReturn.objects.get()
    assert read["Location"] == f"/payments/returns/{found.pk}/"
    assert "没有这个付款凭证号" in body(cashier, read["Location"])
    odd = found.answers.get(verdict="unknown")
    cashier.post(f"/payments/returns/{found.pk}/{odd.pk}/settle/", {"conclusion": "别家的"})
    assert "别家的" in body(cashier, read["Location"])
    asks = enter(team.asks)
    paper = SimpleUploadedFile(
        "验收.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF", "application/pdf"
    )
    asks.post(f"{here}outcome/", {"note": "到货", "evidence": paper})
    enter(team.officer).post(f"{here}decide/", {"decision": "accept"})
    assert "已认定" in body(asks, here)
    enter(team.auditor).post(f"{here}order/docx/")
    enter(team.auditor).post(f"{here}order/pdf/")
    work_off()
    page = body(enter(team.auditor), here)
    assert page.count("/payments/order/") == 2
    shown = enter(team.auditor).post(f"{here}unmask/", {"reason": "核对"})
    assert (
        made.account_masked[-4:] in shown.content.decode()
        and "*" not in shown.content.decode().split("lede")[1][:60]
    )


def test_correcting_and_revising_by_pages(team: Staff) -> None:
    row = project(team)
    made = approved(team, row)
    sent(team, made)
    cashier, asks = enter(team.cashier), enter(team.asks)
    cashier.post(
        f"/payments/{made.number}/answer/",
        {"result": "returned", "on": timezone.localdate(), "reason": "电话告知"},
    )
    made.refresh_from_db()
    assert made.state == "returned"
    assert "更正账号" in body(asks, f"/payments/{made.number}/")
    data = {"payee_name": made.payee_name, "account": "0000999988887777", "bank": "示例银行", "due_on": due().isoformat(),
            "reason": "核实", "revision": made.revision}  # fmt: skip
    assert asks.post(f"/payments/{made.number}/correct/", data).status_code == 302
    stepped(team.section, made, "return_section", "缺证明")
    again = form(
        row,
        amount="500.00",
        purpose="改好了",
        payee_name=made.payee_name,
        account="0000999988887777",
        explanation="补了",
    )
    assert asks.post(f"/payments/{made.number}/revise/", again).status_code == 302
    assert Payment.objects.get().state == "requested"


def test_lists_export_and_the_board_counts(team: Staff) -> None:
    row = project(team, "1000.00", code="P-9")
    paid(team, row, "250.00")
    approved(team, row, "100.00")
    auditor = enter(team.auditor)
    year = timezone.localdate().year
    page = body(auditor, f"/payments/progress/?year={year}")
    assert "25.00%" in page and "预测" in page
    board = auditor.get(f"/payments/progress/?year={year}&format=csv").content.decode("utf-8-sig")
    assert board.splitlines()[1].startswith("P-9,")
    listed = b"".join(auditor.get("/payments/?export=csv").streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    assert "250.00" in listed
    assert body(auditor, "/payments/?state=approved").count("badge-ink") == 1


def test_programs_ask_once_and_read(team: Staff) -> None:
    row = project(team, "1000.00", code="P-7")
    asks = enter(team.asks)
    wish = {
        "year": row.year, "project": "P-7", "payee": {"name": "示例", "account": "0000111122223333", "bank": "示例银行"},
        "amount": "100.00", "purpose": "测试", "due_on": due().isoformat(), "explanation": "小额",
    }  # fmt: skip

    def post() -> dict[str, str]:
        answer = asks.post(
            "/api/v1/payments/",
            json.dumps(wish),
            content_type="application/json",
            headers={"Idempotency-Key": "k-1"},
        )
        assert answer.status_code == 201, answer.content
        return answer.json()

    first = post()
    assert post() == first
    assert Payment.objects.count() == 1
    told = asks.get(f"/api/v1/payments/{first['number']}").json()
    assert (told["project"], told["account"], told["amount"], told["attempts"]) == (
        "P-7",
        "0000********3333",
        "100.00",
        [],
    )
    assert asks.get("/api/v1/payments/?q=P-7").json()["items"][0]["number"] == first["number"]
    assert asks.get(f"/api/v1/projects/{row.year}/P-7").json()["reserved"] == "100.00"
    assert asks.get(f"/api/v1/projects/{row.year}").json()[0]["available"] == "900.00"
    board = asks.get(f"/api/v1/payments/progress/{row.year}").json()
    assert Decimal(board[0]["reserved"]) == 100
    wish["amount"] = "9999.00"
    refused = asks.post(
        "/api/v1/payments/",
        json.dumps(wish),
        content_type="application/json",
        headers={"Idempotency-Key": "k-2"},
    )
    assert refused.status_code == 422
    assert "可用预算" in refused.json()["detail"]

"""Pages and API of exemptions: each opens, says what is wrong, does what its button says; queries do not grow."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exemptions_made import at, exported, filed, prepared, tax_officer
from kept import kept
from trade_deals import Deal, make_deal
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations.models import Declaration
from youju.trade.exemptions import services
from youju.trade.exemptions.models import Certificate, Filing, Invoice

pytestmark = pytest.mark.django_db
World = tuple[Deal, list[Declaration], User]


@kept
def world() -> World:
    """Two declarations of June 2023, and somebody of the tax office."""
    deal = make_deal()
    return deal, exported(deal), tax_officer()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def the(model: type[Any]) -> Any:
    """The one row of a table."""
    with reaching_all():
        return model.objects.get()


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_empty_pages_say_what_to_do() -> None:
    client = client_of(person(Role.MER, "EMPTY"))
    for name, words in {
        "home": "没有要办的申报", "filings": "还没有免税申报", "late": "没有逾期", "certificates": "还没有代理出口货物证明",
        "quarters": "没有代理出口", "board": "还没有放行的货物", "invoices": "还没有登记发票",
    }.items():  # fmt: skip
        assert words in text(client.get(reverse(f"exemptions:{name}"))), name
    before = text(client.get(reverse("exemptions:quarters"), {"quarter": "2025Q3"}))
    assert "不适用实际委托方季报" in before
    assert "报送期限 2026-01-15" in text(client.get(reverse("exemptions:quarters"), {"quarter": "2025Q4"}))
    assert client.get(reverse("exemptions:quarters"), {"quarter": "x"}).status_code == 422


def test_a_month_is_prepared_filed_and_taken_in_on_pages(world: World) -> None:
    deal, _, officer = world
    agent, tax = client_of(deal.agent), client_of(officer)
    with at("2023-07-05"):
        home = text(agent.get(reverse("exemptions:home")))
        assert "有 2 行放行的货物还没有生成申报" in home
        answer = agent.post(reverse("exemptions:prepare"), {"month": "2023-06"}, follow=True)
        assert "生成了 1 份" in text(answer) and "主体M1" in text(answer)
        row = the(Filing)
        page = reverse("exemptions:filing", args=[row.pk])
        assert "EXM-004" in text(agent.get(page)) and "申报</button>" in text(agent.get(page))
        assert "申报</button>" not in text(client_of(deal.merchant).get(page))
        step = reverse("exemptions:step", args=[row.pk])
        done = agent.post(step, {"transition": "file", "state": "draft"}, follow=True)
        assert "状态是“待受理”" in text(done)
        again = agent.post(step, {"transition": "file", "state": "draft"}, follow=True)
        assert "状态是“待受理”，不能" in text(again) or "待受理" in text(again)
        queue = text(tax.get(reverse("exemptions:filings"), {"only": "queue"}))
        assert row.number in queue
        assert agent.post(step, {"transition": "accept", "state": "filed"}).status_code == 403
        assert "已受理" in text(tax.post(step, {"transition": "accept", "state": "filed"}, follow=True))
        assert "更正" in text(agent.get(page))
        new = agent.post(step, {"transition": "correct", "state": "accepted", "reason": "核对"}, follow=True)
        assert "第 2 版" in text(new)
        sheet = agent.get(reverse("exemptions:filings"), {"export": "csv"})
        assert "MS202306-000001" in text(sheet)


def test_late_list_and_bulk_job(world: World) -> None:
    deal, _, officer = world
    prepared(deal)
    with at("2023-07-20"):
        late = text(client_of(officer).get(reverse("exemptions:late")))
        assert "MS202306-000001" in late and "示例税率" in late
        with reaching_all():
            Filing.objects.update(due_on="2023-07-31")
        agent = client_of(deal.agent)
        wrong = agent.post(reverse("exemptions:file-all"), {"month": "x"}, follow=True)
        assert "没有月份" in text(wrong)
        agent.post(reverse("exemptions:file-all"), {"month": "2023-06"})
    with at("2023-07-21"):
        work_off()
    assert the(Filing).state == "filed"


def test_certificate_and_invoice_forms(world: World) -> None:
    deal, made, officer = world
    agent = client_of(deal.agent)
    new = reverse("exemptions:certificate-new")
    wrong = agent.post(new, {"declaration": "X", "consignor": "M1"})
    assert wrong.status_code == 422 and "EXM-010" in text(wrong)
    page = agent.post(new, {"declaration": str(made[0]), "consignor": "M1"}, follow=True)
    assert "已申请，编号 DL" in text(page)
    row = the(Certificate)
    step = reverse("exemptions:certificate-step", args=[row.pk])
    given = {"transition": "issue", "state": "applied", "tax_number": "130698-7"}
    assert "已开具" in text(client_of(officer).post(step, given, follow=True))
    assert "正在生成" in text(agent.post(reverse("exemptions:certificate-paper", args=[row.pk]), follow=True))
    assert row.number in text(agent.get(reverse("exemptions:certificates"), {"text": "130698"}))
    url = reverse("exemptions:invoice-new")
    invoice = {
        "number": "1",
        "issued_on": "2023-06-01",
        "amount": "10",
        "consignor": "M1",
        "order_number": "T1",
    }
    assert agent.post(url, invoice).status_code == 422
    with reaching_all():
        order = made[0].lines.get().sources.get().order_line.order.number
    done = agent.post(url, invoice | {"number": "12345678", "order_number": order}, follow=True)
    assert "已登记发票 12345678" in text(done)
    gone = agent.post(reverse("exemptions:invoice-remove", args=[the(Invoice).pk]), follow=True)
    assert "已删去发票" in text(gone)


def test_the_api_files_once_for_a_key(world: World) -> None:
    deal, made, _ = world
    client = client_of(deal.agent)

    def post(path: str, body: dict[str, Any], key: str) -> Any:
        return client.post(
            f"/api/v1/exemptions{path}",
            json.dumps(body),
            "application/json",
            headers={"Idempotency-Key": key},
        )

    with at("2023-07-05"):
        assert post("/filings/prepared", {"month": "2023-06"}, "a").json() == {"made": 1}
        assert post("/filings/prepared", {"month": "2023-06"}, "a").headers["Idempotent-Replayed"] == "true"
        (item,) = client.get("/api/v1/exemptions/filings?month=2023-06").json()["items"]
        assert item["amount_cny"] == str(sum(each.amount_cny for each in made))
        done = post(f"/filings/{item['id']}/steps", {"step": "file", "expected": "draft"}, "b").json()
        assert done["state"] == "filed" and len(done["lines"]) == 2 and done["next"] == ["correct"]
        refused = post("/certificates", {"declaration": "X", "consignor": "M1"}, "c")
        assert refused.status_code == 422 and "EXM-010" in refused.content.decode()
        agent = deal.parties["agent"].pk
        quarter = client.get(f"/api/v1/exemptions/quarters/2023Q2/{agent}").json()
        assert quarter["applies"] is False and len(quarter["consignors"]) == 1


def _queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_as_many_queries_for_any_size(world: World) -> None:
    deal, _, officer = world
    client, agent = client_of(officer), deal.parties["agent"].pk
    filed(deal, prepared(deal)[0])
    urls = [
        *(
            reverse(f"exemptions:{name}")
            for name in ("home", "filings", "late", "certificates", "board", "invoices")
        ),
        f"{reverse('exemptions:quarters')}?quarter=2023Q2",
        reverse("exemptions:quarter", args=["2023Q2", agent]),
    ]
    before = [_queries(client, url) for url in urls]
    with reaching_all():
        values = Filing.objects.values().get()
        values.pop("id")
        copies = [
            Filing(**values | {"number": f"C{place}", "month": date(2020 + place // 12, 1 + place % 12, 1)})
            for place in range(40)
        ]
        Filing.objects.bulk_create(copies)
        exported(deal, "2023-06-12", 10, 20, 30)
    assert [_queries(client, url) for url in urls] == before


def test_filings_are_filed_from_a_sheet(world: World) -> None:
    deal, _, _ = world
    (row,) = prepared(deal)
    client = client_of(deal.agent)

    def upload(amount: str) -> str:
        book = openpyxl.Workbook()
        book.active.append(["申报编号", "出口月份", "经营户", "出口额（元）"])
        book.active.append([row.number, "2023-06", row.consignor_name, amount])
        buffer = io.BytesIO()
        book.save(buffer)
        file = SimpleUploadedFile("申报.xlsx", buffer.getvalue())
        answer = client.post(
            reverse("imports:upload", args=["exemptions.filings"]), {"file": file}, follow=True
        )
        work_off()
        return str(answer.redirect_chain[-1][0])

    with at("2023-07-05"):
        wrong = upload("1.00")
        assert "报关单之和是" in text(client.get(wrong))
        with as_(deal.agent) as user:
            assert (
                services.file_listed(actor=user, rows=[row], amounts={row.number: row.amount_cny}, batch="b1")
                == 1
            )
    row = the(Filing)
    assert (row.state, row.batch) == ("filed", "b1")

"""Pages and API of dispatched staff: each opens, says what is wrong beside its field, and does what its button says."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.urls import reverse

from staff_made import CONTRACT, agreed, stored, wish
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.office.staff.models import Agreement, StaffLine, StaffMonth

pytestmark = pytest.mark.django_db
STEP = ("staff:month-step", [2023, 6])


@pytest.fixture
def staff() -> User:
    return person(Role.STF)


@pytest.fixture
def finance() -> User:
    return person(Role.FIN)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def months(actor: User) -> list[StaffLine]:
    with as_(actor):
        agreed(actor)
        return stored(actor, *[wish(f"PQ-00{n}", date(2023, m, 1)) for m in (5, 6) for n in (1, 2)])


def test_empty_pages_say_what_to_do(staff: User) -> None:
    client = client_of(staff)
    assert "缺少的月份" in text(client.get(reverse("staff:overview")))
    assert "还没有派遣人员" in text(client.get(reverse("staff:lines")))
    assert "还没有派遣约定" in text(client.get(reverse("staff:agreements")))
    assert client.get(reverse("staff:month", args=[2023, 6])).status_code == 404
    assert client.get(reverse("staff:month", args=[2023, 13])).status_code == 404
    assert client.get(reverse("staff:line", args=[10**18])).status_code == 404


def test_the_year_shows_pictures_and_what_is_missing(staff: User) -> None:
    months(staff)
    page = text(client_of(staff).get(reverse("staff:overview"), {"year": "2023"}))
    assert page.count("<svg") >= 4 and "style=" not in page
    assert "5月 在岗 2 约定 2" in page and "应发 12600 实发 12600" in page
    assert "2023 年 4 月的派遣人员还没有导入" in page and "25,200.00" in page
    assert reverse("staff:month", args=[2023, 6]) in page
    for wrong in ("²023", "99999", "abc"):
        assert client_of(staff).get(reverse("staff:overview"), {"year": wrong}).status_code == 200


def test_lines_are_filtered_and_go_out(staff: User) -> None:
    months(staff)
    client = client_of(staff)
    page = text(client.get(reverse("staff:lines"), {"month": "2023-05", "section": "ZH"}))
    assert "PQ-001" in page and reverse("staff:month", args=[2023, 6]) not in page
    assert client.get(reverse("staff:lines"), {"month": "bad", "section": "x"}).status_code == 200
    lines = text(client.get(reverse("staff:lines"), {"export": "csv"}))
    assert "PQ-001" in lines and "共 4 行" in lines and "综合业务科" in lines
    assert text(client.get(reverse("staff:agreements"), {"export": "csv"})).count(CONTRACT) == 1
    answer: Any = client.get(reverse("staff:lines"), {"export": "parquet", "month": "2023-05"})
    file = pq.ParquetFile(io.BytesIO(b"".join(answer.streaming_content)))
    table = file.read()
    assert table.column("person").to_pylist() == ["PQ-001", "PQ-002"]
    assert table.column("paid").to_pylist() == ["6300.00", "6300.00"] and "agency" in table.column_names
    assert file.metadata.metadata[b"youju.rows"] == b"2"
    assert ".parquet" in answer.headers["Content-Disposition"]
    empty: Any = client.get(reverse("staff:lines"), {"export": "parquet", "month": "2021-05"})
    assert pq.read_table(io.BytesIO(b"".join(empty.streaming_content))).num_rows == 0
    refused = client.get(reverse("staff:agreements"), {"export": "parquet"})
    assert refused.headers["Content-Type"].startswith("text/html")


def test_a_month_is_closed_by_another_and_opened_again(staff: User, finance: User) -> None:
    months(staff)
    page = text(client_of(staff).get(reverse("staff:month", args=[2023, 6])))
    assert "PQ-002" in page and "12,600.00" in page and "核对并关闭" not in page
    client, url = client_of(finance), reverse(STEP[0], args=STEP[1])
    assert "核对并关闭" in text(client.get(reverse("staff:month", args=[2023, 6])))
    refused = client.post(url, {"transition": "import", "state": "imported"}, follow=True)
    assert "没有这个步骤" in text(refused)
    done = text(client.post(url, {"transition": "close", "state": "imported"}, follow=True))
    assert "已关闭" in done and "重新导入" not in done
    assert "须写明理由" in text(client.post(url, {"transition": "reopen", "state": "closed"}, follow=True))
    again = client.post(url, {"transition": "reopen", "state": "closed", "reason": "少一人"}, follow=True)
    assert "重新开放过 1 次" in text(again) and "少一人" in text(again)


def test_a_line_is_corrected_and_its_versions_stand_below(staff: User, finance: User) -> None:
    row = months(staff)[0]
    client, url = client_of(staff), reverse("staff:line", args=[row.pk])
    assert "更正" in text(client.get(url))
    form = {
        "version": "1", "position": "驾驶", "section": "WM", "contract": row.contract, "agency": row.agency, "project": "",
        "due_on": "2023-05-15", "due": "6300.00", "paid": "6400", "paid_on": "2023-05-14", "on_payroll": "on", "reason": "",
    }  # fmt: skip
    correct = reverse("staff:correct", args=[row.pk])
    refused = client.post(correct, form)
    assert refused.status_code == 422 and "这一栏必填" in text(refused)
    refused = client.post(correct, form | {"reason": "调岗"})
    assert refused.status_code == 422 and "STM-002" in text(refused)
    done = client.post(correct, form | {"reason": "调岗", "paid": "6300"}, follow=True)
    assert "现在是第 2 版" in text(done) and "调岗" in text(done)
    assert client.post(correct, form | {"reason": "又改", "paid": "1"}).status_code == 409
    old = text(client.get(url))
    assert "旧版" in old and "看现行的第 2 版" in old
    with as_(finance):
        StaffMonth.objects.filter(month=row.month).update(
            state="closed", closed_by=finance.username, closed_on=date(2023, 6, 6)
        )
    new = StaffLine.objects.get(version=2)
    assert "已经关闭" in text(client.get(reverse("staff:line", args=[new.pk])))


def test_agreements_on_a_form(staff: User) -> None:
    client, url = client_of(staff), reverse("staff:agreement-new")
    assert "约定岗位数" in text(client.get(url))
    form = {
        "contract": CONTRACT, "agency": "示例人力", "positions": "0", "valid_from": "2023-01-01", "valid_to": "2022-01-01",
    }  # fmt: skip
    assert client.post(url, form).status_code == 422
    form |= {"positions": "6"}
    assert "早于起始日期" in text(client.post(url, form))
    form |= {"valid_to": "2023-12-31"}
    assert "已保存" in text(client.post(url, form, follow=True))
    assert "已经登记" in text(client.post(url, form))
    row = Agreement.objects.get()
    edit = reverse("staff:agreement", args=[row.pk])
    assert CONTRACT in text(client.get(edit))
    assert "已保存" in text(client.post(edit, form | {"positions": "7", "revision": "0"}, follow=True))
    assert client.post(edit, form | {"positions": "8", "revision": "0"}).status_code == 409


def test_who_is_outside_sees_nothing(staff: User) -> None:
    row = months(staff)[0]
    client = client_of(person(Role.MER))
    for url in (
        reverse("staff:overview"), reverse("staff:lines"), reverse("staff:agreements"),
        reverse("staff:line", args=[row.pk]), reverse("staff:month", args=[2023, 6]),
        "/api/v1/staff/months", "/api/v1/staff/lines", f"/api/v1/staff/lines/{row.pk}",
    ):  # fmt: skip
        assert client.get(url).status_code == 403, url
    auditor = client_of(person(Role.AUD))
    assert auditor.post(reverse("staff:correct", args=[row.pk])).status_code == 403


def test_programs_read_months_lines_and_versions(staff: User) -> None:
    rows = months(staff)
    client = client_of(staff)
    year = client.get("/api/v1/staff/months", {"year": 2023}).json()
    assert (year["year"], year["least"], len(year["missing"])) == (2023, None, 10)
    assert year["months"][5] == {
        "month": "2023-06-01", "state": "imported", "state_label": "待核对", "on_payroll": 2, "positions": 2,
        "due": "12600.00", "paid": "12600.00", "unpaid_lines": 0,
    }  # fmt: skip
    found = client.get("/api/v1/staff/lines", {"month": "2023-06-30", "limit": 1}).json()
    assert found["total"] == 2 and found["items"][0]["person"] == "PQ-001"
    one = client.get(f"/api/v1/staff/lines/{rows[0].pk}").json()
    assert one["versions"][0]["version"] == 1 and one["paid"] == str(Decimal("6300.00"))
    assert client.get("/api/v1/staff/lines/999999999").status_code == 404
    assert client.get("/api/v1/staff/lines", {"q": "\0"}).status_code == 422


def test_as_many_queries_for_any_size(staff: User, django_assert_max_num_queries: Any) -> None:
    with reaching_all(), as_(staff):
        stored(staff, *[wish(f"PQ-{n:03}") for n in range(80)])
    client = client_of(staff)
    for url in (reverse("staff:lines"), reverse("staff:month", args=[2023, 6]), reverse("staff:overview")):
        with django_assert_max_num_queries(40):
            assert client.get(url).status_code == 200

"""A payment from the request to the bank and back: four people, one list, one answer that returns it, a new account, paid."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import PHONE, Enter, fits

pytestmark = pytest.mark.e2e
PROJECT = "国贸中心事务资金"


def _step(page: Page, number: str, label: str) -> None:
    page.goto(f"/payments/{number}/")
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_text("已办理")).to_be_visible()


def _approve(section: Page, finance: Page, head: Page, number: str) -> None:
    _step(section, number, "科室复核通过")
    _step(finance, number, "财务审核通过")
    _step(head, number, "批准")


def _send(finance: Page, number: str, folder: Path) -> str:
    """Make a list of the one payment and download it; the reference under which it went."""
    finance.goto("/payments/bank/")
    for box in finance.locator("input[name=number]").all():
        box.set_checked(box.get_attribute("value") == number)
    finance.get_by_role("button", name="把勾选的做成清单").click()
    expect(finance.get_by_role("heading", level=1)).to_contain_text("银行付款清单")
    with finance.expect_download() as caught:
        finance.get_by_role("link", name="下载 CSV").click()
    caught.value.save_as(folder / "list.csv")
    rows = list(csv.reader(io.StringIO((folder / "list.csv").read_text(encoding="utf-8-sig"))))
    return rows[5][1]


def _answer(finance: Page, reference: str, amount: str, result: str, folder: Path) -> None:
    reason = "账号户名不符" if result == "退回" else ""
    content = f"付款凭证号,金额,结果,日期,退回原因\n{reference},{amount},{result},{date.today()},{reason}\n"
    (folder / f"{reference}.csv").write_text(content, encoding="utf-8")
    finance.goto("/payments/returns/")
    finance.locator("input[type=file]").set_input_files(folder / f"{reference}.csv")
    finance.get_by_role("button", name="读入回单").click()
    expect(finance.get_by_text("入账 1")).to_be_visible()


def test_requested_reviewed_approved_returned_corrected_and_paid(enter: Enter, tmp_path: Path) -> None:
    asks, section = enter("stf2"), enter("stf")
    finance, head = enter("fin"), enter("hed")
    asks.goto("/projects/?year=2023")
    asks.get_by_role("link", name=PROJECT, exact=True).first.click()
    asks.get_by_role("link", name="申请付款").click()
    for name, value in (("amount", "1234.56"), ("purpose", "旅程测试费"), ("payee_name", "示例旅程商行"),
                        ("account", "0000 1111 2222 3333"), ("bank", "示例银行"),
                        ("explanation", "小额零星采购，凭证后补")):  # fmt: skip
        asks.locator(f"#payment-form [name={name}]").fill(value)
    asks.get_by_role("button", name="提出申请").click()
    expect(asks.get_by_role("heading", level=1)).to_contain_text("付款 FK")
    number = re.search(r"FK\d+", asks.url)[0]  # type: ignore[index]
    expect(asks.get_by_text("科室复核通过：“提出申请”与“科室复核通过”须由不同的人办理")).to_be_visible()
    fits(asks)
    _approve(section, finance, head, number)
    reference = _send(finance, number, tmp_path)
    assert reference == f"{number}-01"
    _answer(finance, reference, "1234.56", "退回", tmp_path)

    asks.goto(f"/payments/{number}/")
    expect(asks.locator(".lede")).to_contain_text("银行退回：账号户名不符")
    asks.get_by_role("link", name="更正账号").click()
    asks.locator("[name=account]").fill("0000 1111 2222 4444")
    asks.locator("[name=reason]").fill("电话核实，上次少抄一位")
    asks.get_by_role("button", name="更正并重新申请").click()
    expect(asks.locator(".lede")).to_contain_text("待科室复核")
    _approve(section, finance, head, number)
    second = _send(finance, number, tmp_path)
    assert second == f"{number}-02"
    _answer(finance, second, "1234.56", "成功", tmp_path)
    asks.goto(f"/payments/{number}/")
    expect(asks.locator(".lede")).to_contain_text("已付")
    fits(asks)

    phone = enter("hed", PHONE)
    for address in ("/payments/", f"/payments/{number}/", "/payments/bank/", "/payments/returns/",
                    "/payments/progress/?year=2023", "/projects/"):  # fmt: skip
        phone.goto(address)
        fits(phone)
    plain = enter("hed", script=False)
    plain.goto("/payments/progress/?year=2023&day=2023-12-31")
    expect(plain.locator("tbody .colour-red")).to_have_count(1)

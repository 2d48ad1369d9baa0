"""A payment from the request to the bank and back: four people, one list, one answer that returns it, a new account, paid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import PHONE, Enter, fits
from e2e.deeds import answer, approve, send

pytestmark = pytest.mark.e2e
PROJECT = "国贸中心事务资金"


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
    approve(section, finance, head, number)
    reference = send(finance, number, tmp_path)
    assert reference == f"{number}-01"
    answer(finance, reference, "1234.56", "退回", tmp_path)

    asks.goto(f"/payments/{number}/")
    expect(asks.locator(".lede")).to_contain_text("银行退回：账号户名不符")
    asks.get_by_role("link", name="更正账号").click()
    asks.locator("[name=account]").fill("0000 1111 2222 4444")
    asks.locator("[name=reason]").fill("电话核实，上次少抄一位")
    asks.get_by_role("button", name="更正并重新申请").click()
    expect(asks.locator(".lede")).to_contain_text("待科室复核")
    approve(section, finance, head, number)
    second = send(finance, number, tmp_path)
    assert second == f"{number}-02"
    answer(finance, second, "1234.56", "成功", tmp_path)
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

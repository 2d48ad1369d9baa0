"""A merchant registers a deal on a phone, is told what is wrong beside its line; the agent confirms it at a desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, PHONE, Enter, fits

pytestmark = pytest.mark.e2e


def fill_line(page: Page, row: int, **cells: str) -> None:
    for name, value in cells.items():
        page.locator(f"[name={name}-{row}]").fill(value)


def test_registered_on_a_phone_confirmed_at_a_desk(enter: Enter, tmp_path: Path) -> None:
    phone = enter("mer", PHONE)
    phone.goto("/orders/new/")
    phone.locator("[name=agent]").select_option(index=1)
    buyer = phone.locator("#buyers option").first.get_attribute("value")
    good = phone.locator("#goods option").first.get_attribute("value")
    assert buyer and good
    phone.locator("[name=buyer]").fill(buyer)
    phone.locator("[name=country]").select_option("KE")
    right = {
        "quantity": "200",
        "price": "6.5",
        "packages": "10",
        "net_weight": "90",
        "gross_weight": "99",
        "volume": "0.55",
    }
    fill_line(phone, 1, good=good, **right)
    expect(phone.locator('[data-sum="amount"]')).to_have_text("1,300.00")
    expect(phone.locator("[data-status]")).to_have_text(re.compile(r"已自动保存 \d\d:\d\d:\d\d"))
    fits(phone)

    # A line too many, a number that is none, and both mended.
    phone.get_by_role("button", name="再加一行").click()
    phone.locator("#line-2").get_by_role("button", name="删去这一行").click()
    expect(phone.locator("#line-2")).to_have_count(0)
    phone.locator("[name=net_weight-1]").fill("990")
    phone.get_by_role("button", name="检查", exact=True).last.click()
    expect(phone.locator("#line-1")).to_contain_text("净重 990 千克大于毛重")
    fits(phone)
    phone.screenshot(path=tmp_path / "found.png", full_page=True)
    phone.locator("[name=net_weight-1]").fill("90")
    phone.get_by_role("button", name="检查", exact=True).last.click()
    for why in phone.locator('input[type=text][name^="why:"]').all():
        why.fill("按合同成交的价格")
    phone.get_by_role("button", name="登记", exact=True).click()
    expect(phone.locator(".notes")).to_contain_text("已登记")
    expect(phone.get_by_text("等待代理确认")).to_be_visible()
    fits(phone)
    phone.screenshot(path=tmp_path / "registered.png", full_page=True)
    number = phone.url.rstrip("/").split("/")[-1]

    desk = enter("agt", DESK)
    desk.goto("/orders/?waiting=on&size=200")
    fits(desk)
    desk.get_by_role("link", name=number).click()
    desk.get_by_role("button", name="确认", exact=True).click()
    expect(desk.locator(".notes")).to_contain_text("已确认")
    fits(desk)
    desk.screenshot(path=tmp_path / "confirmed.png", full_page=True)
    phone.reload()
    expect(phone.get_by_role("link", name="登记退货")).to_be_visible()

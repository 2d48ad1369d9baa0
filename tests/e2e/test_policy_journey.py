"""A policy is drafted by clause, tried live, back-tested, passed by three people; a merchant reads it and claims first."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import PHONE, Enter, fits
from e2e.deeds import apply

pytestmark = pytest.mark.e2e
TITLE = "2023 年出口补贴（旅程）"


def test_from_a_draft_over_a_back_test_into_force_to_the_first_claim(enter: Enter) -> None:
    desk = enter("stf")
    desk.context.set_default_timeout(180_000)
    desk.goto("/subsidies/policies/")
    fits(desk)
    desk.get_by_role("link", name="起草政策").click()
    desk.locator("#id_code").fill("journey-2024")
    desk.get_by_role("button", name="开始起草").click()
    for key, value in (
        ("title", TITLE), ("source", "测试〔2023〕1号"), ("window.from", "2023-01-01"), ("window.to", "2023-12-31"),
        ("filing.from", "2024-01-01"), ("filing.to", "2031-03-31"), ("budget", "20000.00"), ("party_cap", "5000.00"),
        ("publicity_days", "7"),
    ):  # fmt: skip
        desk.locator(f"[id='{key}']").fill(value)
    desk.get_by_role("button", name="按出口额定率", exact=True).click()
    desk.locator("[id='c0-reference']").fill("第二条")
    desk.locator("[id='c0-rate']").fill("0.05")
    # What was typed is kept and computed a moment later, without a button.
    expect(desk.locator("#tried")).to_contain_text("5,000.00 元")
    fits(desk)
    desk.get_by_role("button", name="保存并返回").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(TITLE)
    address = desk.url

    desk.locator("#id_year").fill("2023")
    desk.get_by_role("button", name="开始回测").click()
    expect(desk.get_by_role("heading", name="怎么分布")).to_be_visible(timeout=180_000)
    expect(desk.locator("#content")).to_contain_text("预算用完")
    fits(desk)
    desk.get_by_role("link", name="逐户名单和导出").click()
    expect(desk.locator("#listing-gainers tbody tr").first).to_be_visible()
    with desk.expect_download() as caught:
        desk.get_by_role("link", name=re.compile("Excel|xlsx")).first.click()
    assert caught.value.suggested_filename.endswith(".xlsx")

    desk.goto(address)
    desk.get_by_role("button", name="提交审核").click()
    expect(desk.locator(".lede")).to_contain_text("已提交")
    for role, button, state in (("fin", "审核通过", "已审核"), ("hed", "批准生效", "生效")):
        other = enter(role)
        other.context.set_default_timeout(180_000)
        other.goto(address)
        other.get_by_role("button", name=button).click()
        expect(other.locator(".lede")).to_contain_text(state)

    phone = enter("mer", PHONE)
    phone.context.set_default_timeout(180_000)
    phone.goto("/subsidies/policies/?text=journey")
    phone.get_by_role("link", name=TITLE).click()
    expect(phone.locator("#content")).to_contain_text("期间内出口每 1 美元补贴 0.05 元")
    expect(phone.locator("#content")).not_to_contain_text("开始回测")
    fits(phone)

    # The first claim: computed by the clause that was drafted above, on the merchant's own declarations.
    number = apply(phone, TITLE)
    clerk = enter("stf")
    clerk.context.set_default_timeout(180_000)
    clerk.goto("/claims/?text=" + number)
    clerk.get_by_role("link", name=number).click()
    expect(clerk.locator("#content")).to_contain_text(TITLE)
    expect(clerk.locator("#content")).to_contain_text("第二条")
    expect(clerk.get_by_role("button", name="受理", exact=True)).to_be_visible()

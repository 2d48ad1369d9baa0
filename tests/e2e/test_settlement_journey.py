"""A bank reserves and confirms, the merchant sees its money on a phone; the agent writes off what named no declaration."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, PHONE, Enter, fits

pytestmark = pytest.mark.e2e


def open_line(phone: Page) -> tuple[str, str]:
    """A line of the merchant of which something may be collected: declaration and item."""
    phone.goto("/settlement/lines/?state=open")
    fits(phone)
    for row in phone.locator("#listing-lots tbody tr").all():
        if row.locator("[data-label=可收]").inner_text().strip() not in {"0", "0.00"}:
            key, g_no = (
                row.locator(f"[data-label={label}]").inner_text().strip() for label in ("报关单", "项号")
            )
            return key, g_no
    raise AssertionError("the demo's merchant has nothing to collect")


def test_a_bank_collects_and_the_merchant_sees_it(enter: Enter) -> None:
    phone = enter("mer", PHONE, script=False)
    key, g_no = open_line(phone)

    bank = enter("bnk", DESK)
    bank.goto("/settlement/bank/")
    bank.locator("[name=declaration]").fill(key)
    bank.locator("[name=g_no]").fill(g_no)
    bank.get_by_role("button", name="查询", exact=True).click()
    fits(bank)
    offer = (
        bank.get_by_role("region", name="商品项").filter(has=bank.get_by_role("button", name="占用")).first
    )
    # The merchant's number is masked.
    expect(offer).to_contain_text("委托人 **")
    offer.locator("[name=amount]").fill("0.50")
    offer.locator("[name=reference]").fill("YH-E2E-1")
    offer.get_by_role("button", name="占用", exact=True).click()
    expect(bank.locator("h1")).to_contain_text("占用")
    expect(bank.locator(".lede")).to_contain_text("0.50")
    fits(bank)
    form = bank.get_by_role("region", name="确认收汇")
    form.locator("[name=payer_name]").fill("NAIROBI BAG CENTRE LTD")
    form.locator("[name=amount]").fill("0.60")
    form.get_by_role("button", name="确认", exact=True).click()
    expect(bank.locator(".error-summary")).to_be_visible()
    bank.locator("[name=amount]").fill("0.50")
    bank.get_by_role("button", name="确认", exact=True).click()
    expect(bank.locator(".notes")).to_contain_text("已确认 0.50")
    expect(bank.locator(".lede")).to_contain_text("确认 0.50")
    fits(bank)

    phone.goto(f"/settlement/declarations/{key}/")
    expect(phone.get_by_text("NAIROBI BAG CENTRE LTD").first).to_be_visible()
    fits(phone)


def test_the_agent_writes_off_what_named_no_declaration(enter: Enter) -> None:
    agent = enter("agt", DESK)
    agent.goto("/settlement/unmatched/")
    fits(agent)
    agent.locator("#listing-unmatched tbody").get_by_role("link").first.click()
    number = re.search(r"SH\w+", agent.url)[0]  # type: ignore[index]
    fits(agent)
    section = agent.get_by_role("region", name="核销", exact=True)
    section.locator("[name=declaration]").last.fill("D000000000000-1")
    section.get_by_role("button", name="核销", exact=True).click()
    expect(agent.locator("main")).to_contain_text("没有报关单 D000000000000-1 的台账")
    agent.get_by_role("link", name="返回上一页").click()
    agent.get_by_role("button", name="核销到这票").first.click()
    expect(agent.locator(".notes")).to_contain_text("已核销")
    fits(agent)
    agent.goto("/settlement/unmatched/")
    expect(agent.get_by_role("link", name=number)).to_have_count(0)

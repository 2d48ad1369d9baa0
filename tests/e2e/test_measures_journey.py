"""From a score down to the stall: the head opens 试点出口额 of project 11 and goes on until a stall's page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.chain import Chain
from e2e.conftest import DESK, Enter, fits

pytestmark = pytest.mark.e2e


PROJECT = "13060523P00454510001M"


def test_a_score_opens_down_to_the_stall(enter: Enter) -> None:
    page, chain = enter("hed", DESK), Chain()
    page.goto(f"/evaluation/list/?year=2023&q={PROJECT}")
    page.locator("main table tbody").get_by_role("link").first.click()
    scored = page.locator("article", has_text="试点出口额").first
    expect(scored.locator(".eval-points")).to_contain_text(re.compile(r"\d+(\.\d+)? / \d+"))
    chain.step(page, "自评：得分，每分怎样得来", scored.locator("dd a").first)
    with page.expect_navigation():
        scored.locator("dd a").first.click()
    expect(page.locator("h1")).to_contain_text("试点出口额")
    page.goto("/measures/?year=2023")
    # All of the demo's rows: computed or attested, none typed, none without a binding.
    expect(page.locator("h1")).to_contain_text("2023 年指标完成情况")
    expect(page.locator(".stats")).to_contain_text(re.compile(r"由记录计算\s*107\s*行"))
    expect(page.locator(".stats")).to_contain_text(re.compile(r"情况说明\s*1\s*行"))
    expect(page.locator(".stats")).to_contain_text(re.compile(r"未绑定\s*0\s*行"))
    assert page.locator("table.measures tbody tr").count() == 108
    fits(page)
    row = page.locator("table.measures tbody tr", has_text="试点出口额").first
    chain.step(page, "计量：108 行，没有一个值是手填的", row.locator("[data-label=完成值] a"))
    row.locator("[data-label=完成值] a").click()
    expect(page.locator("h1")).to_contain_text("试点出口额")
    expect(page.locator(".figure-value")).to_contain_text("CNY")
    line = page.locator("main table").last.locator("tbody tr").first
    order = line.locator("[data-label=交易单号]").inner_text()
    chain.step(page, "指标：公式、值和每一行依据", line.get_by_role("link").first)
    line.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("报关单")
    anchor = page.locator(f"#{page.url.rpartition('#')[2]}")
    anchor.locator("summary").click()
    chain.step(
        page, "报关单的一项：归并了哪几行交易", anchor.get_by_role("link", name=re.compile(order)).first
    )
    anchor.get_by_role("link", name=re.compile(order)).first.click()
    expect(page.locator("main")).to_contain_text(order)
    # The order's page leads to the stall that sold it, and that one's page to who held it.
    sold = page.locator("main li", has_text="成交时的摊位").get_by_role("link")
    stall = sold.inner_text()
    merchant = page.locator("main li", has_text="市场经营户").get_by_role("link").first.inner_text()
    chain.step(page, "交易单：成交时的摊位", sold)
    sold.click()
    expect(page).to_have_url(re.compile(r"/parties/stalls/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(stall)
    expect(page.locator("main table")).to_contain_text(merchant)
    fits(page)
    chain.step(page, "摊位：谁在经营", page.locator("main table tbody tr").first)
    chain.keep(page)

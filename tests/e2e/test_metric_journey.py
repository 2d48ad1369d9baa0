"""From a figure down to the merchant, and the figure kept: the head of the centre at a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESK, PHONE, Enter, fits

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_figure_opens_down_to_the_order_and_the_merchant(enter: Enter, width: int) -> None:
    page = enter("hed", width)
    page.goto("/catalogue/")
    fits(page)
    page.get_by_role("link", name="exports.value_cny", exact=True).click()
    page.get_by_label("期间").fill("2023")
    page.get_by_role("button", name="计算", exact=True).click()
    expect(page.locator(".figure-value")).to_contain_text("CNY")
    fits(page)
    row = page.locator("main table").last.locator("tbody tr").first
    order = row.locator("[data-label=交易单号]").inner_text()
    row.get_by_role("link").first.click()
    # The declaration, at the very line; its sources name the order.
    expect(page.locator("h1")).to_contain_text("报关单")
    line = page.locator(f"#{page.url.rpartition('#')[2]}")
    line.locator("summary").click()
    link = line.get_by_role("link", name=re.compile(order)).first
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("main")).to_contain_text(order)
    fits(page)


def test_a_value_is_frozen_and_looked_at_again(enter: Enter) -> None:
    page = enter("hed", DESK)
    page.goto("/catalogue/declarations.released_count/?period=2023")
    page.get_by_label("用途").fill("2023 年绩效自评")
    page.get_by_role("button", name="冻结现在的值", exact=True).click()
    expect(page.locator(".notes")).to_contain_text("已冻结")
    page.get_by_role("link", name=re.compile(r"第 \d+ 号")).first.click()
    page.get_by_role("button", name="用现在的记录重新计算", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("与冻结的一致")
    fits(page)

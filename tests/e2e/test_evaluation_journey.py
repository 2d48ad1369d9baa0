"""A self-evaluation that was sent back: mended and handed in by the section, checked, approved, checked again by finance."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, PHONE, Enter, fits

pytestmark = pytest.mark.e2e
PROJECT = "国贸中心事务资金"


def open_it(page: Page) -> None:
    """From the overview of the year to the project."""
    page.goto("/evaluation/?year=2023")
    fits(page)
    page.locator("main table").get_by_role("link", name=PROJECT).click()
    fits(page)


def act(page: Page, label: str, state: str) -> None:
    """One step by its button."""
    open_it(page)
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".notes")).to_contain_text(f"状态是“{state}”")


def test_filled_checked_approved_and_checked_again(enter: Enter) -> None:
    section = enter("stf", PHONE)
    open_it(section)
    section.locator("#done").fill("全年支持的企业都完成了目标，资金按进度拨付。")
    expect(section.locator("#fill-status")).to_contain_text("已自动保存")
    section.reload()
    expect(section.locator("#done")).to_have_value("全年支持的企业都完成了目标，资金按进度拨付。")
    section.get_by_role("button", name="提交", exact=True).click()
    expect(section.locator(".notes")).to_contain_text("状态是“待审核”")
    expect(section.get_by_text("冻结的计量").first).to_be_visible()

    act(enter("pfo", DESK), "审核通过", "待批准")
    act(enter("hed", DESK), "批准", "待复核")

    finance = enter("fin", DESK)
    open_it(finance)
    finance.get_by_role("link", name="逐行复核打分").click()
    fits(finance)
    finance.locator("[name=own-9]").fill("9")
    finance.locator("[name=reason-9]").fill("问卷样本偏少")
    finance.get_by_role("button", name="保存", exact=True).click()
    expect(finance.locator(".notes")).to_contain_text("已保存复核得分")
    act(finance, "复核完成", "待应用")
    expect(finance.get_by_text("与自评相差")).to_be_visible()
    finance.locator("#row-1 dd a").first.click()
    expect(finance.get_by_role("heading", level=1)).to_be_visible()
    fits(finance)

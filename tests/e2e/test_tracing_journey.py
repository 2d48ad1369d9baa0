"""A merchant labels its cartons, a stranger scans one on a phone, staff follow the chain at a desk, without scripts too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from e2e.conftest import DESK, PHONE, Enter, fits

pytestmark = pytest.mark.e2e


def test_from_the_stall_to_the_carton_and_back(enter: Enter, browser: Browser, address: str) -> None:
    phone = enter("mer", PHONE)
    phone.goto("/orders/?state=confirmed&kind=sale")
    phone.locator('a[href^="/orders/T"]').first.click()
    phone.get_by_role("link", name="来源追溯").last.click()
    expect(phone.locator(".chain-narrow")).to_be_visible()
    expect(phone.locator(".chain-wide")).to_be_hidden()
    fits(phone)
    phone.get_by_role("link", name="溯源标签").click()
    phone.locator("[name=sheet]").select_option("a4-24")
    phone.get_by_role("button", name="生成标签 pdf").click()
    expect(phone.locator("#label-sheets a[download]").first).to_be_visible()
    fits(phone)
    token = phone.locator("a.token").first.inner_text()
    assert re.fullmatch("[0-9A-Z]{26}", token)

    # The stall is named once its merchant says so.
    phone.goto("/tracing/stall-consent/")
    phone.get_by_role("button", name="改为公开").first.click()
    expect(phone.get_by_text("公开摊位", exact=True).first).to_be_visible()

    stranger = browser.new_context(
        base_url=address, viewport={"width": PHONE, "height": 844}, java_script_enabled=False
    )
    page = stranger.new_page()
    page.goto(f"/t/{token}/")
    expect(page.get_by_text("Origin of goods").first).to_be_visible()
    expect(page.get_by_text("摊位 Stall")).to_be_visible()
    assert page.locator("a").count() == 0 and stranger.cookies() == []
    fits(page)
    page.goto(f"/t/{'0' * 26}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("No such code")
    stranger.close()

    # A plant of the demo year: its second line does not add up; staff see it, and every node leads on.
    desk = enter("stf", DESK, script=False)
    desk.goto("/tracing/")
    desk.locator("#id_number").fill("D230808900701")
    desk.get_by_role("button", name="查来源").click()
    expect(desk.get_by_role("alert").first).to_contain_text("第 2 项申报的总价")
    expect(desk.locator("svg.chain")).to_be_visible()
    fits(desk)
    desk.locator('svg.chain a[href^="/packing/packings/X230808900701"]').click()
    desk.get_by_role("link", name="来源追溯").last.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("X230808900701")
    desk.goto("/tracing/?number=DEMU8900014")
    expect(desk.get_by_role("link", name=re.compile("DEMU8900014@X230613900401"))).to_be_visible()

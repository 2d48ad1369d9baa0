"""A merchant opens its score on a phone, appeals, the head upholds, the score changes; a stranger checks the certificate."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESK, PHONE, Enter, fits

pytestmark = pytest.mark.e2e


def test_from_the_score_to_the_certificate(enter: Enter) -> None:
    phone = enter("mer", PHONE)
    phone.goto("/credit/own/")
    expect(phone.locator(".score-total")).to_contain_text("78.00")
    fits(phone)
    phone.get_by_role("link", name="申诉", exact=True).first.click()
    phone.locator("[name=reason]").fill("到期前已经提交续期申请，附回执")
    phone.locator("[name=first]").set_input_files(
        {"name": "回执.txt", "mimeType": "text/plain", "buffer": "续期申请回执".encode()}
    )
    fits(phone)
    phone.get_by_role("button", name="提交信用申诉").click()
    expect(phone.locator("h1")).to_contain_text("信用申诉 SS")
    where = phone.url

    for role, step, told in (("stf", "核查后报送", "情况属实"), ("hed", "申诉成立", "已按期申请，不计")):
        desk = enter(role, DESK)
        desk.goto(where)
        desk.locator("summary", has_text=step).click()
        desk.locator("details[open] textarea").fill(told)
        desk.locator("details[open]").get_by_role("button", name=step).click()
        expect(desk.locator(".notes")).to_contain_text("已办理")

    phone.goto("/credit/own/")
    expect(phone.locator(".score-total")).to_contain_text("84.00")
    expect(phone.locator("main")).to_contain_text("不再计分的记录")
    phone.get_by_role("button", name="出具信用证明").click()
    link = phone.get_by_role("link", name="核对页面").first
    address = link.get_attribute("href") or ""
    stranger = phone.context.browser.new_context()  # type: ignore[union-attr]
    page = stranger.new_page()
    page.goto(phone.url.split("/credit/")[0] + address)
    expect(page.locator("main")).to_contain_text("现在有效")
    assert stranger.cookies() == []
    stranger.close()

"""A survey: built at a desk, published by another person, answered on a phone in two languages, closed, read."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from e2e.conftest import DESK, PHONE, Enter, fits

pytestmark = pytest.mark.e2e
SHEETS = 6


def links(content: bytes) -> list[str]:
    """The addresses of a sheet of links."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    return [part.partition("<")[0] for part in words.split("<t>") if "/s/" in part]


def test_built_published_answered_on_a_phone_and_read(enter: Enter, browser: Browser) -> None:
    title = "展会服务满意度调查"
    staff = enter("stf", DESK)
    staff.goto("/surveys/new/")
    staff.locator("[name=title]").fill(title)
    staff.locator("[name=title_en]").fill("Fair service survey")
    staff.locator("[name=closes_on]").fill(str(timezone.localdate() + timedelta(days=30)))
    staff.get_by_role("button", name="保存").click()
    expect(staff.locator(".notes")).to_contain_text("接着加题目和渠道")
    for kind, text, english, tags in (
        ("scale", "您对参展服务是否满意？", "Are you satisfied with our fair services?", "service"),
        ("text", "还有什么建议？", "Any suggestions?", ""),
    ):
        staff.get_by_text("加一道题", exact=True).click()
        staff.locator("#questions [name=kind]").select_option(kind)
        staff.locator("#questions [name=text]").fill(text)
        staff.locator("#questions [name=text_en]").fill(english)
        staff.locator("#questions [name=tags]").fill(tags)
        staff.locator("#questions [name=required]").set_checked(kind == "scale")
        staff.get_by_role("button", name="加上", exact=True).click()
    expect(staff.locator(".survey-questions > li")).to_have_count(2)
    staff.get_by_text("登记渠道", exact=True).click()
    staff.locator("#channels [name=name]").fill("展会现场")
    staff.get_by_role("button", name="登记", exact=True).click()
    staff.locator("[name$=-count]").fill(str(SHEETS + 2))
    staff.locator("[name$=-form]").select_option("xlsx")
    with staff.expect_download() as waiting:
        staff.get_by_role("button", name="生成一次性码").click()
    addresses = links(waiting.value.path().read_bytes())
    assert len(addresses) == SHEETS + 2
    staff.reload()
    staff.locator("[name$=-handed_out]").fill(str(SHEETS + 2))
    staff.get_by_role("button", name="记下发出份数").click()
    expect(staff.locator(".notes")).to_contain_text(f"共发出 {SHEETS + 2} 份")
    staff.get_by_role("button", name="送审").click()
    expect(staff.locator(".notes")).to_contain_text("状态是“待发布”")
    expect(staff.get_by_role("button", name="发布", exact=True)).to_have_count(0)
    fits(staff)

    head = enter("hed", PHONE)
    head.goto("/work/")
    head.get_by_role("link", name=title).click()
    fits(head)
    head.get_by_role("button", name="发布", exact=True).click()
    expect(head.locator(".notes")).to_contain_text("状态是“答卷中”")

    # Nobody is logged in on the phone, and it runs no script.
    stranger = browser.new_context(
        viewport={"width": PHONE, "height": 844}, locale="zh-CN", java_script_enabled=False
    )
    phone = stranger.new_page()
    for place, address in enumerate(addresses[:SHEETS]):
        phone.goto(address)
        if place == 0:
            phone.get_by_role("button", name="交卷").click()
            expect(phone.get_by_role("alert")).to_contain_text("还没有答好")
            phone.get_by_role("link", name="English").click()
            expect(phone.locator("h1")).to_have_text("Fair service survey")
            phone.get_by_label("Very satisfied").check()
            phone.locator("textarea").fill("More fairs, please")
            phone.get_by_role("button", name="Send").click()
            expect(phone.locator("h1")).to_contain_text("Thank you")
        else:
            phone.get_by_label("比较满意").check()
            phone.get_by_role("button", name="交卷").click()
            expect(phone.locator("h1")).to_contain_text("已经收到")
    assert stranger.cookies() == []
    phone.goto(addresses[0])
    expect(phone.locator("h1")).to_have_text("这个码已经用过")
    stranger.close()

    head.reload()
    expect(head.locator(".stats")).to_contain_text("收回")
    head.get_by_text("提前结束", exact=True).first.click()
    head.locator("#reason-close").fill("收齐了")
    head.locator("form:has(#reason-close) button").click()
    expect(head.locator(".notes")).to_contain_text("状态是“已结束”")
    head.get_by_role("link", name="看结果").click()
    expect(head.locator(".stats")).to_contain_text("79.2")
    expect(head.get_by_text("只收回 6 份，少于 30 份")).to_be_visible()
    head.get_by_text("1 条文字").click()
    expect(head.get_by_text("More fairs, please")).to_be_visible()
    fits(head)

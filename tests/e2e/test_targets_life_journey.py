"""The life of a version in Chromium: import, edit with the rules watching, connection lost and back, three people, adjustment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Enter
from targets_clean import UNIT, clean_document
from youju.performance.targets.documents import write_document

pytestmark = pytest.mark.e2e
DOCUMENT = clean_document(2022)
CODE = DOCUMENT.projects[0].code
WHERE = f"year=2022&unit={UNIT}"


def version_page(page: Page, number: int) -> None:
    page.goto(f"/targets/versions/?{WHERE}")
    page.get_by_role("link", name=f"第 {number} 版", exact=True).click()


def press(page: Page, label: str, state: str) -> None:
    """Take a step from a version's page."""
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".notes")).to_contain_text(f"状态是“{state}”")


def import_year(page: Page, folder: Path) -> None:
    file = folder / "2022.docx"
    file.write_bytes(write_document(DOCUMENT, "docx"))
    page.goto("/targets/import/")
    page.get_by_label("预算年度").fill("2022")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已入库，是草稿")).to_be_visible()


def through(enter: Enter, number: int) -> None:
    """Review, approve and publish a version that was submitted."""
    for role, label, state in (
        ("fin", "审核通过", "已审核"),
        ("hed", "批准", "已批准"),
        ("pfo", "公开", "已公开"),
    ):
        page = enter(role)
        if role != "pfo":
            expect(page.get_by_role("heading", name=re.compile("等您办理的"))).to_be_visible()
        version_page(page, number)
        press(page, label, state)


def test_a_year_from_the_file_to_its_adjustment(enter: Enter, tmp_path: Path) -> None:
    page = enter("pfo")
    import_year(page, tmp_path)
    page.get_by_role("link", name="看进度和待办").click()
    expect(page.get_by_text("2 条警告没有答复")).to_be_visible()

    # One answer for both.
    page.get_by_role("link", name="去答复").click()
    page.get_by_role("link", name="答复", exact=True).first.click()
    page.get_by_label("答复", exact=True).fill("由主管部门的其他项目承接。")
    page.get_by_label("同一规则还没有答复的意见都用这句话").check()
    page.get_by_role("button", name="保存答复").click()
    expect(page.get_by_text("已答复 2 条意见")).to_be_visible()

    # The rules speak while one types, and fall silent again.
    page.goto(f"/targets/{CODE}/edit/?{WHERE}")
    value = page.get_by_label("第 1 行，指标值", exact=True)
    was = value.input_value()
    value.fill("")
    expect(page.locator("#m-row-1 .margin-error, #m-row-1 .margin-warning").first).to_be_visible()
    value.fill(was)
    expect(page.locator("#m-row-1 .margin-note")).to_have_count(0)

    # Kept on the server by itself; in this browser while the connection is lost; on the server again when it is back.
    purpose = page.get_by_label("资金用途")
    purpose.fill("服务器租赁和系统升级")
    status = page.locator("[data-status]")
    expect(status).to_have_text(re.compile(r"已保存 \d\d:\d\d:\d\d"))
    page.context.set_offline(True)
    purpose.fill("服务器租赁、系统升级和值守")
    expect(status).to_have_text("连接中断，已存在本机")
    page.context.set_offline(False)
    expect(status).to_have_text(re.compile(r"已保存 \d\d:\d\d:\d\d"))

    # Typed while the connection is lost, the page closed: offered when it is opened again.
    page.context.set_offline(True)
    purpose.fill("服务器租赁、系统升级、值守和测评")
    expect(status).to_have_text("连接中断，已存在本机")
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"/targets/{CODE}/edit/?{WHERE}")
    expect(page.get_by_text("本机有未提交的草稿，恢复？")).to_be_visible()
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_label("资金用途")).to_have_value("服务器租赁、系统升级、值守和测评")

    # Enter goes down the column and presses no button.
    first = page.get_by_label("第 1 行，指标值", exact=True)
    first.focus()
    first.press("Enter")
    expect(page.get_by_label("第 2 行，指标值", exact=True)).to_be_focused()
    page.get_by_role("button", name="保存到第 1 版").first.click()
    expect(page.get_by_text("已保存，并按规则重新审核")).to_be_visible()
    expect(page.get_by_text("服务器租赁、系统升级、值守和测评").first).to_be_visible()

    version_page(page, 1)
    press(page, "提交", "已提交")
    through(enter, 1)

    # The adjustment goes the same way and takes the place of what was published.
    version_page(page, 1)
    page.get_by_role("link", name="开始调整").click()
    page.get_by_label("调整文号").fill("保财预〔2022〕8号")
    page.get_by_label("调整理由").fill("批复调整用途")
    page.get_by_role("button", name="建立草稿").click()
    expect(page.get_by_text("已建立第 2 版草稿")).to_be_visible()
    page.get_by_role("link", name="看内容").click()
    page.get_by_role("link", name=DOCUMENT.projects[0].name).first.click()
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_label("资金用途").fill("只用于服务器租赁")
    page.get_by_role("button", name="保存到第 2 版").first.click()
    expect(page.get_by_text("已保存，并按规则重新审核")).to_be_visible()
    version_page(page, 2)
    press(page, "提交", "已提交")
    through(enter, 2)

    version_page(page, 2)
    page.get_by_role("link", name="与第 1 版对比").click()
    row = page.get_by_role("row").filter(has_text="资金用途")
    expect(row.locator("del")).to_have_text("服务器租赁、系统升级、值守和测评")
    expect(row.locator("ins")).to_have_text("只用于服务器租赁")
    page.get_by_role("link", name="整张表对照").click()
    expect(page.get_by_text("只用于服务器租赁")).to_be_visible()
    version_page(page, 1)
    expect(page.get_by_text("已调整").first).to_be_visible()
    page.get_by_text(re.compile("改动记录")).click()
    expect(page.get_by_text("以调整后的版本取代了").first).to_be_visible()


def test_the_editor_on_a_telephone_and_without_javascript(enter: Enter) -> None:
    code = "13060523P00456310001Q"
    page = enter("pfo", 390)
    page.goto(f"/targets/{code}/edit/?year=2023")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    rows = page.locator('textarea[name$="-level3"]')
    before = rows.count()
    page.get_by_role("button", name="添加一行指标").click()
    expect(rows).to_have_count(before + 1)
    page.get_by_role("button", name="放弃，用已存的内容").click()
    expect(rows).to_have_count(before)

    plain = enter("pfo", 390, script=False)
    plain.goto(f"/targets/{code}/edit/?year=2023")
    plain.get_by_role("button", name=f"第 {before} 行上移").click()
    plain.get_by_role("button", name="放弃，用已存的内容").click()
    plain.get_by_label("预算数").fill("五万")
    plain.get_by_role("button", name="保存到").first.click()
    expect(plain.get_by_text("“五万”不是金额").first).to_be_visible()

"""The foundation in Chromium: a spreadsheet is refused by cell, corrected, written, taken back; the trail knows all of it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Enter, fits

pytestmark = pytest.mark.e2e
SLOW = 20_000  # a job worker wakes, reads, writes
NAMES = ("白沟甲箱包厂", "白沟乙箱包厂", "白沟丙箱包厂")


def filled(template: Path, into: Path, *, codes: tuple[str, ...]) -> Path:
    """The product's own template with three enterprises in it."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    heads = {str(cell.value).strip(" *（必填）"): cell.column for cell in sheet[1] if cell.value}
    for number, (name, code) in enumerate(zip(NAMES, codes, strict=True), 2):
        for heading, value in {"单位名称": name, "单位简码": code, "单位类别": "企业"}.items():
            sheet.cell(number, heads[heading]).value = value
    book.save(into)
    return into


def upload(page: Page, file: Path) -> None:
    page.goto("/imports/new/identity.organisations/")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_spreadsheet_from_its_first_fault_to_its_undoing(enter: Enter, tmp_path: Path, width: int) -> None:
    page = enter("adm", width)
    page.goto("/imports/new/identity.organisations/")
    fits(page)
    with page.expect_download() as template:
        page.get_by_role("link", name="下载模板").click()
    blank = tmp_path / "模板.xlsx"
    template.value.save_as(blank)
    mark = f"J{width}"

    upload(page, filled(blank, tmp_path / "有错.xlsx", codes=(f"{mark}-1", f"{mark} 错", f"{mark}-3")))
    expect(page.get_by_role("heading", name="有 1 处错误，一行也没有写入")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("cell", name="B3")).to_be_visible()
    fits(page)
    with page.expect_download() as annotated:
        page.get_by_role("link", name="下载批注过的文件").click()
    told = openpyxl.load_workbook(io.BytesIO(Path(annotated.value.path()).read_bytes()))
    assert told.worksheets[0]["B3"].comment is not None
    assert told.worksheets[0]["B2"].comment is None

    upload(page, filled(blank, tmp_path / "改好.xlsx", codes=tuple(f"{mark}-{n}" for n in (1, 2, 3))))
    expect(page.get_by_role("heading", name="将有的改动")).to_be_visible(timeout=SLOW)
    fits(page)
    page.get_by_label("已看过上面的须知").check()
    page.get_by_role("button", name="确认导入 3 行").click()
    expect(page.get_by_text(re.compile(r"已写入 3 行"))).to_be_visible(timeout=SLOW)
    batch = page.url
    page.get_by_role("link", name=re.compile("撤销这一批")).click()
    expect(page.get_by_text(re.compile("3 个单位|3 家|删除"))).to_be_visible()
    fits(page)
    page.get_by_label(re.compile("理由")).fill("名单有误")
    page.get_by_role("button", name=re.compile("撤销")).click()
    page.goto(batch)
    expect(page.get_by_text(re.compile("已撤销")).first).to_be_visible(timeout=SLOW)
    fits(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_auditor_finds_it_all_on_the_trail(enter: Enter, width: int) -> None:
    page = enter("aud", width)
    page.goto("/system/audit/?kind=imports.batch")
    for deed in ("撤销了", "确认导入了", "上传了"):
        expect(page.locator("main tbody").get_by_text(re.compile(deed)).first).to_be_visible()
    fits(page)
    page.locator("main tbody a[href*='/system/audit/']").first.click()
    expect(page.get_by_text(re.compile("同段前一条|同段后一条")).first).to_be_visible()
    fits(page)


PAGES = {
    "adm": (
        "/",
        "/account",
        "/account/sessions",
        "/users",
        "/system/",
        "/system/jobs/",
        "/imports/",
        "/work/absences/",
    ),
    "pfo": ("/", "/work/", "/targets/", "/targets/versions/", "/targets/findings/", "/targets/department/"),
    "hed": ("/", "/work/", "/system/audit/"),
    "mer": ("/", "/account"),
}


@pytest.mark.parametrize("role", PAGES)
def test_no_page_is_wider_than_a_phone(enter: Enter, role: str) -> None:
    page = enter(role, 390)
    for path in PAGES[role]:
        answer = page.goto(path)
        assert answer is not None
        if answer.status == 404:
            continue
        assert answer.status == 200, f"{path}: {answer.status}"
        fits(page)

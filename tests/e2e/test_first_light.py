"""A newcomer's journeys in Chromium against the running product, on a desk screen and on a telephone.

Pictures of each page are left in the folder that ``YOUJU_SCREENSHOTS`` names, else in pytest's temporary folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect

from youju.performance.targets import demo
from youju.performance.targets.documents import write_document
from youju.performance.targets.imports import read_document

pytestmark = pytest.mark.e2e
WIDTHS = {1280: 900, 390: 844}
LAWYER = "13060523P00456310001Q"
PAGES = {
    "home": "/",
    "list": "/targets/",
    "project": f"/targets/{LAWYER}/",
    "project-with-blank": "/targets/13060522P00451410001U/",
    "department": "/targets/department/",
    "serves": "/targets/department/serves/",
    "findings": "/targets/findings/",
    "findings-of-a-rule": "/targets/findings/?rule=TGT-007",
    "import": "/targets/import/",
    "not-found": "/targets/X1/",
}


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(os.environ.get("YOUJU_SCREENSHOTS") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


Visit = Callable[..., "contextmanager[Page]"]


@pytest.fixture
def visitor(browser: Browser, address: str) -> Visit:
    """``with visitor(390) as page``: a fresh browser of that width; what its console says against a page fails."""

    @contextmanager
    def visit(width: int, *, script: bool = True, expected: str = "") -> Iterator[Page]:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": WIDTHS[width]},
            locale="zh-CN",
            accept_downloads=True,
            java_script_enabled=script,
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        complaints: list[str] = []

        def heard(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and not (expected and expected in message.text):
                complaints.append(f"{page.url}: {message.text}")

        def broke(error: Error) -> None:
            complaints.append(f"{page.url}: {error}")

        page.on("console", heard)
        page.on("pageerror", broke)
        yield page
        context.close()
        assert complaints == []

    return visit


def log_in(page: Page, role: str = "绩效管理员") -> None:
    page.goto("/")
    page.locator("tr", has_text=role).get_by_role("button").click()
    expect(page.locator("details.menu > summary").first).to_be_visible()


def menu(page: Page, label: str) -> None:
    """Follow an entry of the left navigation, which a telephone folds away."""
    fold = page.locator("details.nav-disclosure > summary")
    if fold.is_visible():
        fold.click()
    page.locator("nav.nav a:visible", has_text=label).first.click()


@pytest.mark.parametrize("width", WIDTHS)
def test_from_login_to_a_finding_explained_and_a_form_downloaded(
    visitor: Visit, width: int, tmp_path: Path
) -> None:
    with visitor(width) as page:
        log_in(page)
        menu(page, "绩效目标")
        page.get_by_label("查找", exact=True).first.fill("法律顾问")
        page.get_by_role("button", name="筛选").click()
        expect(page.locator("#listing-projects tbody tr")).to_have_count(1)
        page.get_by_role("link", name="国贸中心法律顾问费").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("国贸中心法律顾问费")

        note = page.locator("#row-1 details.margin-note", has_text="没有比较符号").first
        note.locator("summary").click()
        expect(note.locator(".finding-suggestion")).to_be_visible()
        note.get_by_role("link", name="规则 TGT-010 的说明和依据").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("TGT-010")
        expect(page.locator("main")).to_contain_text("依据")

        page.go_back()
        page.get_by_text("下载本表").click()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Word 文档（docx）").click()
        file = tmp_path / "form.docx"
        waiting.value.save_as(file)
        assert waiting.value.suggested_filename == "国贸中心法律顾问费_绩效目标表.docx"
        (project,) = read_document(file.read_bytes(), file.name).projects
        assert project == demo.document().projects[1]


@pytest.mark.parametrize(("width", "budget"), [(1280, "6.00"), (390, "7.00")])
def test_upload_preview_and_confirm_a_changed_document(
    visitor: Visit, width: int, budget: str, tmp_path: Path
) -> None:
    document = demo.document()
    projects = tuple(
        replace(each, budget=budget) if each.code == LAWYER else each for each in document.projects
    )
    file = tmp_path / "2023年绩效目标（改）.docx"
    file.write_bytes(write_document(replace(document, projects=projects), "docx"))
    with visitor(width) as page:
        log_in(page)
        menu(page, "导入")
        page.get_by_label("绩效目标文件").set_input_files(file)
        page.get_by_role("button", name="上传并核对").click()
        expect(page.locator(".changes ins")).to_have_text([budget])
        expect(page.locator(".stepper [aria-current=step]")).to_contain_text("核对改动")
        page.get_by_role("button", name="确认导入").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("导入完成")
        page.get_by_role("link", name="看项目").click()
        row = page.locator("#listing-projects tbody tr", has_text="国贸中心法律顾问费")
        expect(row).to_contain_text(budget)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refused_file_is_said_beside_the_field(visitor: Visit, width: int, tmp_path: Path) -> None:
    file = tmp_path / "照片.docx"
    file.write_bytes(b"\xff\xd8\xff\xe0" + b"\x00" * 400)
    with visitor(width, expected="422") as page:
        log_in(page)
        page.goto("/targets/import/")
        page.get_by_label("预算年度").fill("2024")
        page.get_by_label("绩效目标文件").set_input_files(file)
        page.get_by_role("button", name="上传并核对").click()
        expect(page.locator(".field-error")).to_contain_text("照片.docx")
        expect(page.get_by_label("预算年度")).to_have_value("2024")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_fits_its_width_and_is_pictured(visitor: Visit, width: int, name: str, album: Path) -> None:
    with visitor(width, expected="404" if name == "not-found" else "") as page:
        log_in(page)
        page.goto(PAGES[name])
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        across = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert across <= 0
        page.screenshot(path=album / f"{name}-{width}.png", full_page=True)


def test_list_filter_and_project_work_without_javascript(visitor: Visit) -> None:
    with visitor(1280, script=False) as page:
        log_in(page)
        page.goto("/targets/")
        page.get_by_label("审核意见").select_option("error")
        page.get_by_label("查找", exact=True).first.fill("劳务派遣")
        page.get_by_role("button", name="筛选").click()
        expect(page.locator("#listing-projects tbody tr")).to_have_count(1)
        page.locator("#listing-projects tbody a").first.click()
        expect(page.locator("details.margin-note").first).to_be_attached()


def test_whoever_may_not_import_is_not_offered_it(visitor: Visit) -> None:
    with visitor(1280, expected="403") as page:
        log_in(page, "审计人员")
        page.goto("/targets/")
        expect(page.get_by_role("link", name="导入", exact=True)).to_have_count(0)
        assert (answer := page.goto("/targets/import/")) is not None
        assert answer.status == 403

"""Staff look at the year, narrow it, open a bar, its rows, a declaration; a bulletin is made and downloaded; phone and desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import PHONE, Enter, fits

pytestmark = pytest.mark.e2e


def test_from_the_dashboard_to_a_declaration_and_a_bulletin(enter: Enter, tmp_path: Path) -> None:
    desk = enter("stf")
    # The first question loads the engines; on a machine where much else runs that takes a while.
    desk.context.set_default_timeout(180_000)
    desk.goto("/statistics/?period=2023")
    expect(desk.get_by_role("heading", level=1)).to_have_text("统计监测")
    fits(desk)
    desk.locator("[name=region]").select_option("asia")
    desk.get_by_role("button", name="查看").click()
    expect(desk.locator(".chip")).to_contain_text("亚洲")
    fits(desk)
    # A bar of the picture is a link to its rows; months without any have none to see.
    desk.locator(".wide-only svg a").locator("visible=true").first.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("放行货物明细")
    expect(desk.locator(".chip")).to_contain_text("亚洲")
    fits(desk)
    desk.locator("#listing-lines tbody a").first.click()
    expect(desk).to_have_url(re.compile("/declarations/"))

    desk.goto("/statistics/bulletins/")
    expect(desk.locator("[name=month]")).to_have_value(re.compile(r"\d{4}-\d{2}"))
    desk.locator("[name=month]").fill("2023-10")
    desk.get_by_role("button", name="编月报").click()
    link = desk.locator("#bulletin-files a[download]")
    expect(link).to_be_visible()
    with desk.expect_download() as caught:
        link.click()
    caught.value.save_as(tmp_path / "bulletin.docx")
    assert (tmp_path / "bulletin.docx").read_bytes().startswith(b"PK")

    phone = enter("stf", PHONE)
    phone.context.set_default_timeout(180_000)
    for address in ("/statistics/?period=2023", "/statistics/by/country/?period=2023", "/statistics/lines/?period=2023",
                    "/statistics/alerts/", "/statistics/districts/", "/statistics/screen/"):  # fmt: skip
        phone.goto(address)
        fits(phone)
    plain = enter("stf", script=False)
    plain.context.set_default_timeout(180_000)
    plain.goto("/statistics/by/country/?period=2023")
    plain.locator("[name=category]").select_option("handbags")
    plain.get_by_role("button", name="查看").click()
    expect(plain.locator(".chip")).to_contain_text("手提包")

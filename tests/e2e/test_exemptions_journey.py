"""A missed month let in by the tax office: filed by the agent on a phone, taken in; a certificate issued and printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESK, PHONE, Enter, fits
from e2e.deeds import loaded_until

pytestmark = pytest.mark.e2e


def test_filed_on_a_phone_and_taken_in(enter: Enter) -> None:
    phone = enter("agt", PHONE, script=False)
    phone.goto("/exemptions/")
    fits(phone)
    phone.locator("#current").get_by_role("link").first.click()
    fits(phone)
    phone.get_by_role("button", name="申报", exact=True).click()
    expect(phone.locator(".notes")).to_contain_text("状态是“待受理”")
    fits(phone)
    number = phone.locator("main dd.code").first.inner_text().split()[0]

    tax = enter("tax", DESK)
    tax.goto("/exemptions/")
    fits(tax)
    tax.get_by_role("link", name="待受理").click()
    tax.get_by_role("link", name=number, exact=True).click()
    tax.get_by_role("button", name="受理", exact=True).click()
    expect(tax.locator(".notes")).to_contain_text("状态是“已受理”")
    fits(tax)


def test_a_certificate_is_issued_and_printed(enter: Enter) -> None:
    agent = enter("agt", DESK)
    agent.goto("/exemptions/board/?lacks=certificate")
    fits(agent)
    row = agent.locator("#listing-board tbody tr").first
    declaration = row.get_by_role("link").first.inner_text().strip()
    agent.goto("/exemptions/certificates/new/")
    agent.locator("[name=declaration]").fill(declaration)
    agent.locator("[name=consignor]").fill("没有这家")
    agent.get_by_role("button", name="申请").click()
    expect(agent.locator(".error-summary")).to_contain_text("EXM-010")
    agent.goto("/exemptions/certificates/?state=applied")
    agent.locator("#listing-certificates tbody").get_by_role("link").first.click()
    address = agent.url

    tax = enter("tax", DESK)
    tax.goto(address)
    tax.locator("[name=tax_number]").fill("130698202399")
    tax.get_by_role("button", name="开具", exact=True).click()
    expect(tax.locator(".notes")).to_contain_text("状态是“已开具”")
    fits(tax)

    agent.goto(address)
    agent.get_by_role("button", name="生成证明（docx）").click()
    link = agent.get_by_role("link", name="代理出口货物证明130698202399")
    loaded_until(agent, link)
    with agent.expect_download() as download:
        link.first.click()
    assert download.value.suggested_filename.endswith(".docx")

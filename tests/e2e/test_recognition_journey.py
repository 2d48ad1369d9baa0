"""Recognition in Chromium at 390 and 1280 px: one good recognised by rule, one refused with its article, one explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import Enter, fits, within

pytestmark = pytest.mark.e2e
TESTS = Path(__file__).resolve().parents[1]
SEED = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from django.db import transaction
from recognition_seeded import seed
from youju.foundation.kernel.context import reaching_all
with reaching_all(), transaction.atomic():
    seed()
"""


@pytest.fixture(scope="module")
def seeded(address: str, home: Path) -> str:
    """The product's address once it holds the goods of the journey."""
    within(home, SEED)
    return address


@pytest.fixture
def enter(enter: Enter, seeded: str) -> Enter:
    """``enter`` of all journeys, once the goods are there."""
    assert seeded
    return enter


@pytest.mark.parametrize("width", [390, 1280])
def test_goods_are_recognised_by_rule_and_one_is_refused_with_its_article(enter: Enter, width: int) -> None:
    page = enter("mer", width)
    for number in ("SPREC1", "SPREC2"):
        page.goto(f"/goods/{number}/decision/")
        page.get_by_role("button", name=re.compile("认定")).click()
        expect(page.get_by_text("已按规则认定")).to_be_visible()
        fits(page)
    # The second one is charcoal: the article, its source and the page of the rule are at hand.
    expect(page.get_by_text("不予认定", exact=True).first).to_be_visible()
    article = page.locator("#REC-004 .article")
    expect(article).to_contain_text("国家禁止或限制出口的商品")
    expect(article).to_contain_text("海关总署公告2019年第221号")
    page.locator("#REC-004").get_by_role("link", name="REC-004").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("不是禁止出口的商品")
    page.goto("/goods/recognition/?q=SPREC")
    expect(page.locator(".badge", has_text="不予认定")).to_have_count(1)
    expect(page.locator(".badge", has_text="已认定").first).to_be_visible()
    fits(page)


def test_an_explanation_is_given_on_a_telephone_and_confirmed_at_a_desk(enter: Enter) -> None:
    page = enter("mer", 390)
    page.goto("/goods/SPREC3/decision/")
    page.get_by_role("button", name="按规则认定").click()
    page.get_by_label("说明").fill("由供货商在当地海关报检，底账随货提供。")
    page.get_by_role("button", name="提交说明").click()
    expect(page.get_by_text("已说明，等工作人员确认")).to_be_visible()
    fits(page)

    desk = enter("stf", 1280)
    desk.goto("/goods/waiting/")
    desk.get_by_role("link", name="尼龙双肩背包").click()
    desk.get_by_role("button", name="采纳说明，予以认定").click()
    expect(desk.get_by_text("已采纳说明")).to_be_visible()
    page.reload()
    expect(page.get_by_text("已认定（经说明）").first).to_be_visible()

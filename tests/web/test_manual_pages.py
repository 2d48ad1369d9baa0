"""The user's manual: every page is explained in some chapter, and each link and picture leads somewhere."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from trade_people import person
from web.walking import addresses, table
from youju.foundation.identity.roles import Role
from youju.portal.chapters import MANUAL, chapters, chapters_of, help_address, picture_file

PAGES = sorted(
    {row.name for row in table() if row.method == "GET" and not row.public}
    & {each.name for each in addresses() if not each.is_api}
)


def test_every_role_has_a_chapter() -> None:
    assert {role for each in chapters().values() for role in each.roles} == set(Role)
    assert all(len(chapters_of([role])) == 1 for role in Role)


def test_every_page_is_explained() -> None:
    missing = {name for name in PAGES if help_address(name, []) == reverse("portal:manual")}
    assert missing == set(), "name the room under `pages` of a chapter in docs/manual"


@pytest.mark.parametrize("slug", chapters())
def test_a_chapter_names_headings_that_it_has(slug: str) -> None:
    chapter = chapters()[slug]
    headings = [heading.text for heading in chapter.headings]
    assert len(set(headings)) == len(headings)
    assert set(chapter.pages.values()) <= set(headings)
    assert [heading.text for heading in chapter.headings if heading.level == 1] == []


@pytest.mark.parametrize("slug", chapters())
def test_links_between_chapters_lead_to_a_heading(slug: str) -> None:
    for target, anchor in re.findall(
        r"\]\((\w+)\.md#?([^)]*)\)", (MANUAL / f"{slug}.md").read_text(encoding="utf-8")
    ):
        assert not anchor or anchor in {heading.text for heading in chapters()[target].headings}


def test_the_contents_list_every_chapter() -> None:
    listed = set(re.findall(r"\((\w+)\.md\)", (MANUAL / "README.md").read_text(encoding="utf-8")))
    assert listed == set(chapters())


def test_help_is_looked_for_in_ones_own_chapter_then_in_any() -> None:
    assert help_address("orders:list", ["MER"]).startswith("/help/merchant/#")
    assert help_address("orders:list", ["AGT"]).startswith("/help/agent/#")
    assert help_address("orders:list", ["ADM"]).startswith("/help/merchant/#")
    assert help_address("nowhere:page", ["MER"]) == "/help/"


@pytest.mark.django_db
class TestPages:
    def test_a_stranger_reads_the_contents_and_a_chapter(self, client: Client) -> None:
        contents = client.get(reverse("portal:manual")).content.decode()
        assert all(f"/help/{slug}/" in contents for slug in chapters())
        page = client.get(reverse("portal:manual-chapter", args=["merchant"])).content.decode()
        assert '<h2 id="备案">' in page
        assert "/help/pictures/merchant-home.png" in page

    def test_what_is_not_there(self, client: Client) -> None:
        assert client.get("/help/nobody/").status_code == 404
        assert client.get("/help/pictures/README.md").status_code == 404
        assert picture_file("../merchant.md") is None

    def test_each_page_links_to_its_part(self, client: Client) -> None:
        client.force_login(person(Role.MER, "MANUAL"))
        assert 'href="/help/merchant/#先看首页"' in client.get("/").content.decode()

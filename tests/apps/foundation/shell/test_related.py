"""Pages of other rooms about a record: for who may open them, and only where there is something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from youju.foundation.identity.permissions import Permission
from youju.foundation.shell import related
from youju.foundation.shell.related import register_related, related_to

KIND = "test.record"


@pytest.fixture(autouse=True)
def _apart() -> Iterator[None]:
    """What a test registers is gone after it."""
    yield
    related._ENTRIES.pop(KIND, None)


def drawn(user: object, path: str, line: str) -> str:
    request = RequestFactory().get(path)
    request.user = user
    return Template("{% load shell %}" + line).render(Context({"request": request}))


def test_only_who_may_open_it_is_told_and_only_that_is_asked(person) -> None:
    asked: list[tuple[str, dict[str, str]]] = []

    def look(key: str, words: Mapping[str, str]) -> str:
        asked.append((key, dict(words)))
        return f"/there/{key}/"

    register_related(KIND, "别处", Permission.USERS_MANAGE, look)
    assert related_to(person(["MER"]), KIND, "7", {}) == [] and not asked
    assert related_to(person(["ADM"]), KIND, "7", {"name": "甲"}) == [("别处", "/there/7/")]
    assert asked == [("7", {"name": "甲"})]


def test_where_nothing_is_nothing_is_drawn(person) -> None:
    register_related(KIND, "没有", "", lambda _key, _words: None)
    assert drawn(person(["MER"]), "/here/", '{% related "test.record" 7 %}').strip() == ""
    assert drawn(person(["MER"]), "/here/", '{% related "test.nobody" 7 %}').strip() == ""


def test_the_page_itself_is_no_link_and_words_are_escaped(person) -> None:
    register_related(KIND, "本页", "", lambda _key, _words: "/here/?tab=2")
    register_related(KIND, "<别处>", "", lambda key, words: f"/there/{key}/?q={words['name']}")
    text = drawn(person(["MER"]), "/here/", '{% related "test.record" 7 name="a" %}')
    assert "本页" not in text and "&lt;别处&gt;" in text and 'href="/there/7/?q=a"' in text


def test_a_second_entry_of_the_same_words_replaces_the_first(person) -> None:
    for address in ("/old/", "/new/"):
        register_related(KIND, "别处", "", lambda _key, _words, found=address: found)
    assert related_to(person(["MER"]), KIND, "7", {}) == [("别处", "/new/")]

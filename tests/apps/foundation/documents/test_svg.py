"""An SVG made fit for a page with a strict Content-Security-Policy."""

from __future__ import annotations

import pytest

from youju.foundation.documents.svg import for_page

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def _page(body: str, title: str = "") -> str:
    return for_page(f"{_HEAD}{body}</svg>", title=title, prefix="p1")


def test_style_becomes_presentation_attributes() -> None:
    drawn = _page('<path style="fill: red; stroke-width:2 !important; position: fixed; background: url(x)"/>')
    assert '<path fill="red" stroke-width="2"/>' in drawn


def test_elements_that_style_run_or_embed_are_dropped() -> None:
    drawn = _page("<style>a{}</style><script>x</script><foreignObject><p/></foreignObject><g onclick='x'/>")
    assert "<g/>" in drawn
    for gone in ("style", "script", "foreignObject", "onclick"):
        assert gone not in drawn


def test_ids_and_what_points_to_them_get_the_prefix() -> None:
    drawn = _page('<clipPath id="c0"/><g clip-path="url(#c0)"/><use xlink:href="#c0"/>')
    assert 'id="p1-c0"' in drawn
    assert "url(#p1-c0)" in drawn
    assert 'href="#p1-c0"' in drawn


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "data:text/html,x", "ftp://x/y"]
)
def test_a_link_to_anything_but_a_page_is_dropped(href: str) -> None:
    drawn = _page(f'<a xlink:href="{href}" target="_blank"><text>5.00</text></a>')
    assert "<a><text>5.00</text></a>" in drawn


def test_a_link_within_the_site_is_as_it_was_given() -> None:
    assert '<a href="/p/7/?a=1&amp;b=2">' in _page(
        '<a xlink:href="https://vega.github.io/vega-datasets//p/7/?a=1&amp;b=2"><g/></a>'
    )


def test_a_title_is_escaped() -> None:
    assert '<title id="p1-title">预算 &lt; 5 &amp; 更多</title>' in _page("<g/>", "预算 < 5 & 更多")


def test_an_entity_is_not_expanded() -> None:
    bomb = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>{_HEAD}<text>&x;</text></svg>'
    assert "&x;" in for_page(bomb, title="", prefix="p1")

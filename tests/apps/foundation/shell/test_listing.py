"""Lists sort, filter and page on the server, by declared columns only."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django import forms
from django.core.cache import cache
from django.test import RequestFactory

from youju.foundation.shell.listing import Column, Listing, render_listing, show
from youju.foundation.shell.listing import paging as paging_module


class Filter(forms.Form):
    q = forms.CharField(label="查找", required=False, max_length=5)
    kind = forms.ChoiceField(
        label="类别", required=False, choices=[("", "全部"), ("enterprise", "企业"), ("finance", "财政部门")]
    )
    year = forms.CharField(required=False, widget=forms.HiddenInput)


LISTING = Listing(
    name="bodies",
    title="单位",
    columns=(
        Column("name", "名称", sort="name", href=lambda row: f"/bodies/{row.code}", narrow="title"),
        Column("code", "简码", sort="code"),
        Column("kind", "类别", sort="kind"),
        Column("credit_code", "信用代码"),
    ),
    order="name",
    filter_form=Filter,
    export_name="单位清单",
    page_sizes=(10, 20),
)


@dataclass
class Thing:
    name: str
    amount: str | None


THINGS = [Thing("甲", "9.50"), Thing("乙", "10.00"), Thing("丙", None), Thing("丁", "9.50")]
MEMORY = Listing(
    name="things",
    title="物",
    columns=(Column("name", "名称", sort="name"), Column("amount", "金额", sort="amount", numeric=True)),
)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def ask(path: str, **headers: str):
    return RequestFactory().get(path, headers=headers)


def names(shown) -> list[str]:
    return [row.name for row in shown.window.rows]


def test_the_first_page_stands_in_the_declared_order(organisations) -> None:
    shown = show(ask("/x"), LISTING, organisations)
    assert names(shown) == [f"单位{n:02}" for n in range(10)]
    assert (shown.window.total, shown.window.pages, shown.window.first, shown.window.last) == (30, 3, 1, 10)


def test_sorting_down_and_paging(organisations) -> None:
    shown = show(ask("/x?sort=-name&page=2&size=20"), LISTING, organisations)
    assert names(shown) == [f"单位{n:02}" for n in range(9, -1, -1)]
    assert shown.next_url == ""
    assert shown.previous_url == "/x?sort=-name&size=20&page=1"


@pytest.mark.parametrize(
    "wish",
    [
        "password",
        "credit_code",
        "users__password",
        "name;drop",
        "-",
        "--name",
        "?",
        "-users__password",
        "pk",
        "name,code",
    ],
)
def test_only_declared_columns_sort(organisations, wish: str) -> None:
    shown = show(ask("/x?sort=" + wish), LISTING, organisations)
    assert shown.order == "name"
    assert names(shown)[0] == "单位00"


def test_equal_values_keep_one_order_over_all_pages(organisations) -> None:
    seen = []
    for page in (1, 2, 3):
        seen += [row.pk for row in show(ask(f"/x?sort=kind&page={page}"), LISTING, organisations).window.rows]
    assert len(set(seen)) == 30


@pytest.mark.parametrize(
    ("page", "number"), [("0", 1), ("99", 3), ("-1", 1), ("二", 1), ("9" * 30, 1), ("²", 1), ("", 1)]
)
def test_a_page_that_is_not_there_is_the_nearest(organisations, page: str, number: int) -> None:
    assert show(ask(f"/x?page={page}"), LISTING, organisations).window.number == number


@pytest.mark.parametrize("size", ["1000000", "0", "x", "-10"])
def test_only_offered_sizes(organisations, size: str) -> None:
    assert len(show(ask(f"/x?size={size}"), LISTING, organisations).window.rows) == 10


def test_the_filter_reaches_the_rows_and_stays_in_every_link(organisations) -> None:
    def rows(wish):
        assert set(wish) == {"q", "kind", "year"}
        return organisations.filter(kind=wish["kind"]) if wish["kind"] else organisations

    shown = show(ask("/x?kind=enterprise&year=2023&unknown=1"), LISTING, rows)
    assert shown.window.total == 15
    assert shown.filters == [("类别", "企业")]
    assert shown.next_url == "/x?kind=enterprise&year=2023&page=2"
    assert shown.clear_url == "/x?year=2023"
    assert [url for _, url in shown.exports] == [
        "/x?kind=enterprise&year=2023&export=xlsx",
        "/x?kind=enterprise&year=2023&export=csv",
    ]


def test_a_filter_that_cannot_be_read_is_shown_with_its_error(organisations) -> None:
    shown = show(ask("/x?kind=nonsense&q=太长太长太长"), LISTING, lambda wish: organisations)
    assert set(shown.form.errors) == {"kind", "q"}
    assert shown.filters == []


def test_a_page_costs_two_queries_however_many_rows(organisations, django_assert_num_queries) -> None:
    with django_assert_num_queries(2) as queries:
        shown = show(ask("/x?page=2"), LISTING, organisations)
        assert len(shown.body) == 10
    assert "LIMIT 10 OFFSET 10" in queries[1]["sql"]


def test_the_count_of_a_large_query_is_kept_of_a_small_one_not(
    organisations, django_assert_num_queries, monkeypatch
) -> None:
    def total(path: str, rows) -> int:
        return show(ask(path), LISTING, rows).window.total

    total("/x", organisations)
    with django_assert_num_queries(2):
        total("/x", organisations)
    monkeypatch.setattr(paging_module, "LARGE", 20)
    total("/x", organisations)
    with django_assert_num_queries(1):
        assert total("/x?page=2&sort=code", organisations) == 30
    with django_assert_num_queries(2):
        assert total("/x", organisations.filter(kind="finance")) == 15


def test_an_empty_query_asks_nothing(organisations, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        shown = show(ask("/x"), LISTING, organisations.filter(pk__in=[]))
        assert (shown.window.total, shown.exports) == (0, [])


def test_a_list_sorts_by_number_with_blanks_last_either_way() -> None:
    def order(sort: str) -> list[str]:
        return names(show(ask(f"/x?sort={sort}"), MEMORY, THINGS))

    assert order("amount") == ["甲", "丁", "乙", "丙"]
    assert order("-amount") == ["乙", "甲", "丁", "丙"]
    assert order("") == ["甲", "乙", "丙", "丁"]


def test_headings_say_how_they_sort() -> None:
    heads = show(ask("/x?sort=-amount"), MEMORY, THINGS).heads
    assert [(head.direction, head.url) for head in heads] == [
        ("none", "/x?sort=name"),
        ("descending", "/x?sort=amount"),
    ]


def test_gaps_in_the_page_numbers() -> None:
    numbers = paging_module.window(list(range(1000)), page=50, size=10).numbers
    assert numbers == [1, None, 48, 49, 50, 51, 52, None, 100]


def test_a_declaration_that_cannot_work_is_refused() -> None:
    with pytest.raises(ValueError, match="重复的列名"):
        Listing(name="x", title="x", columns=(Column("a", "甲"), Column("a", "乙")))
    with pytest.raises(ValueError, match="不是可排序的列"):
        Listing(name="x", title="x", columns=(Column("a", "甲"),), order="a")


def test_htmx_gets_the_region_alone_and_a_plain_request_the_page(organisations, person) -> None:
    def answer(**headers: str) -> str:
        request = ask("/x", **headers)
        request.user = person(["PFO"])
        return render_listing(request, LISTING, lambda wish: organisations).content.decode()

    region = answer(**{"HX-Request": "true", "HX-Target": "listing-bodies"})
    assert region.lstrip().startswith('<section class="listing" id="listing-bodies"')
    assert "<html" not in region
    page = answer()
    assert "<html" in page
    assert 'hx-push-url="true"' in page
    assert '<a href="/bodies/O000">单位00</a>' in page
    assert "导出 Excel（30 行）" in page


def test_cells_are_escaped(person) -> None:
    request = ask("/x")
    request.user = person(["PFO"])
    html = render_listing(request, MEMORY, [Thing("<b>x</b>", "1")]).content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<b>x</b>" not in html

"""Versions of the tariff: half-open ranges, differences, taking one back; the nomenclature beneath."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

import trade_made_goods as made
from trade_people import as_, person
from youju.foundation.audit import selectors as audit
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import selectors, services
from youju.trade.goods.models import Campaign, Decision, Heading, TariffLine, TariffVersion

pytestmark = pytest.mark.django_db
SECOND = date(2026, 1, 1)


def changed_rows() -> list[services.TariffRow]:
    """The bag dearer, the case gone, an umbrella new."""
    bag, *others = made.ROWS
    kept = [row for row in others if row.code != made.CASE]
    new = services.TariffRow("6601910000", "折叠伞", "千克", "把")
    return [replace(bag, export_duty=Decimal("5.5"), elements=("品名",)), *kept, new]


def test_the_nomenclature_is_loaded_once_with_chinese_chapters() -> None:
    assert services.load_nomenclature() == 6_939
    assert Heading.objects.get(pk="42").name.startswith("皮革制品")
    assert Heading.objects.filter(code__regex=r"^\d{2}$").exclude(code="99").count() == 96
    assert Heading.objects.get(pk="420222").name_en.startswith("Cases and containers; handbags")
    with CaptureQueriesContext(connection) as queries:
        assert services.load_nomenclature() == 0
    assert len(queries) == 1


def test_a_changed_heading_is_put_right_and_a_strange_one_removed() -> None:
    services.load_nomenclature()
    Heading.objects.filter(pk="42").update(name="")
    Heading.objects.create(code="98", name_en="strange")
    assert services.load_nomenclature() == 2
    assert Heading.objects.get(pk="42").name
    assert not Heading.objects.filter(pk="98").exists()


def test_a_version_ends_the_day_before_the_next_begins() -> None:
    first = made.tariff()
    second = made.tariff("2026 年版", SECOND)
    first.refresh_from_db()
    assert (first.valid_to, second.valid_to) == (SECOND, None)
    assert selectors.version_on(date(2024, 12, 31)) is None
    assert selectors.version_on(made.FROM) == first
    assert selectors.version_on(date(2025, 12, 31)) == first
    assert selectors.version_on(SECOND) == second
    between = made.tariff("2025 年中版", date(2025, 7, 1))
    first.refresh_from_db()
    assert (first.valid_to, between.valid_to) == (date(2025, 7, 1), SECOND)
    assert next(line.deed for line in audit.history("goods.tariff", str(first.pk)).lines).startswith(
        "以新版本接替"
    )


def test_a_name_or_a_day_stands_once() -> None:
    made.tariff()
    with pytest.raises(InputError, match="已有叫"):
        made.tariff(valid_from=SECOND)
    with pytest.raises(InputError, match="已有从 2025-01-01 起"):
        made.tariff("另一版")
    with pytest.raises(InputError, match="没有一行"):
        made.tariff("空的", SECOND, rows=[])
    assert TariffVersion.objects.count() == 1


def test_only_keepers_of_the_tariff_load_and_remove() -> None:
    for role in (Role.MER, Role.AGT, Role.HED, Role.AUD):
        user = person(role)
        with as_(user), pytest.raises(PermissionDenied):
            made.tariff(actor=user)
        with as_(user), pytest.raises(PermissionDenied):
            services.remove_tariff(actor=user, version_id=1)


def test_a_version_taken_back_gives_its_days_to_the_one_before() -> None:
    staff = person(Role.STF)
    first, second = made.tariff(), made.tariff("2026 年版", SECOND)
    services.remove_tariff(actor=staff, version_id=second.pk)
    first.refresh_from_db()
    assert first.valid_to is None
    assert not TariffLine.objects.filter(version_id=second.pk).exists()
    with pytest.raises(InputError, match="没有这个税则版本"):
        services.remove_tariff(actor=staff, version_id=second.pk)


def test_a_version_on_which_decisions_rest_stays_whoever_may_see_them() -> None:
    version = made.tariff()
    other = made.good(made.party("SH-B", sections=["WM"]), "SP1")
    Decision.objects.create(
        good=other,
        good_revision=0,
        as_of=made.FROM,
        policy_hash="0" * 64,
        tariff=version,
        facts={},
        outcome="recognised",
    )
    staff = person(Role.STF, sections=("SC",))
    with as_(staff):
        assert not Decision.objects.exists()
        with pytest.raises(InputError, match="已有 1 项商品认定"):
            services.remove_tariff(actor=staff, version_id=version.pk)
    Decision.objects.all().delete()
    Campaign.objects.create(title="重认", as_of=made.FROM, tariff=version)
    with pytest.raises(InputError, match="重新认定依据"):
        services.remove_tariff(actor=staff, version_id=version.pk)


def test_the_difference_names_each_line_and_field() -> None:
    left, right = made.tariff(), made.tariff("2026 年版", SECOND, changed_rows())
    with CaptureQueriesContext(connection) as queries:
        found = selectors.difference(left, right)
    assert len(queries) == 1
    assert [(each.kind, each.code) for each in found] == [
        ("gone", made.CASE), ("changed", made.BAG), ("added", "6601910000"),
    ]  # fmt: skip
    assert found[1].changes == [
        ("出口关税（%）", "", "5.5"),
        ("申报要素", "品名；品牌类型；材质；种类；GTIN", "品名"),
    ]
    assert selectors.difference(left, left) == []
    assert [each.kind for each in selectors.difference(right, left)] == ["added", "changed", "gone"]


def test_a_code_with_its_headings_and_elements() -> None:
    services.load_nomenclature()
    made.tariff()
    facts = selectors.line_of(made.BAG, made.FROM)
    assert facts is not None
    assert [each.code for each in facts.headings] == ["42", "4202", "420222"]
    assert [(each.name, each.required, each.known) for each in facts.elements] == [
        ("品名", True, "name"), ("品牌类型", True, "brand_kind"), ("材质", True, ""), ("种类", True, ""), ("GTIN", False, ""),
    ]  # fmt: skip
    assert selectors.line_of("4202229999", made.FROM) is None
    assert selectors.line_of(made.BAG, date(2024, 12, 31)) is None
    assert selectors.elements_on("", made.FROM) == []


def test_many_codes_cost_as_many_queries_as_one() -> None:
    made.tariff()
    with CaptureQueriesContext(connection) as queries:
        assert selectors.element_names_of([made.BAG, made.SHOES, "9999999999"]) == {
            made.BAG: ["品名", "品牌类型", "材质", "种类", "GTIN"], made.SHOES: ["品名", "鞋面材料"], "9999999999": [],
        }  # fmt: skip
        assert selectors.known_codes([made.BAG, "9999999999"]) == {made.BAG: ("千克", "个")}
    assert len(queries) == 4

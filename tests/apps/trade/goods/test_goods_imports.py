"""The tariff and the catalogue as spreadsheets: every fault at its cell, all or nothing, taken back while nothing rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest

import trade_made_goods as made
from kept import kept
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports import services as importing
from youju.foundation.imports.models import Batch
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import selectors, services
from youju.trade.goods.imports import catalogue, tariff
from youju.trade.goods.models import Decision, Element, Good, TariffLine, TariffVersion

pytestmark = pytest.mark.django_db
PLACE = {"name": "2026 年版", "valid_from": "2026-01-01"}
CATALOGUE_HEAD = [column.heading for column in catalogue.COLUMNS]
GOOD = ["", "女式单肩包", "Shoulder bag", "A-1", "无品牌", "", "", "个", made.BAG, "", "材质=PU；种类=单肩包"]


def bring(user: Any, code: str, *rows: Any, parameters: dict[str, str] | None = None) -> Batch:
    batch, _ = jobs.take_in(
        actor=user, importer=code, name="表.xlsx", content=made.workbook(*rows), parameters=parameters or {}
    )
    work_off()
    batch.refresh_from_db()
    return batch


def confirm(user: Any, batch: Batch) -> Batch:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def found(batch: Batch, severity: str = "error") -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in batches.findings(batch) if each.severity == severity]


@kept
def nomenclature() -> None:
    services.load_nomenclature()


@pytest.fixture
def staff(nomenclature: None) -> Iterator[Any]:
    with as_(person(Role.STF)) as user:
        yield user


@contextmanager
def merchant_of(code: str) -> Iterator[Any]:
    user = person(Role.MER, code)
    party = made.party(code)
    with as_(user):
        yield user, party


def line(code: str, name: str = "手提包", *rest: Any) -> list[Any]:
    cells = [code, name, *rest]
    return [*cells, *[""] * (len(tariff.COLUMNS) - len(cells))]


def test_a_tariff_from_the_file_to_the_search(staff: Any) -> None:
    made.tariff()
    rows = [
        line("4202.2210.00", "以塑料片作面的手提包", "千克", "个", "5%", "A", "M/N", "1:品名;2:材质"),
        line("6601910000", "折叠伞", "千克", "把"),
    ]
    batch = bring(staff, tariff.CODE, made.HEAD, *rows, parameters=PLACE)
    assert (batch.state, batch.effects["new"], batch.effects["changed"]) == ("ready", 1, 1)
    assert list(batch.effects["sample"][0][1:3]) == ["2026-01-01 起接替“2025 年版”；不再有的编码", "8 个"]
    assert ["4202221000 出口关税（%）", "", "5.000"] in [list(each[1:]) for each in batch.effects["sample"]]
    batch = confirm(staff, batch)
    assert batch.state == "committed", batch.error
    version = TariffVersion.objects.get(name="2026 年版")
    assert (version.lines_count, version.valid_to) == (2, None)
    assert TariffLine.objects.get(version=version, code=made.BAG).export_duty == Decimal(5)
    assert Element.objects.get(version=version).names == ["品名", "材质"]
    assert [hit.line.code for hit in selectors.search("zds", version=version)] == ["6601910000"]
    assert [hit.line.code for hit in selectors.search("stb", version=version)] == [made.BAG]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (line("420222100", "包", "千克"), "code"),
        (line("42022210001", "包", "千克"), "code"),
        (line("42022210AB", "包", "千克"), "code"),
        (line("", "包", "千克"), "code"),
        (line(made.BAG, "", "千克"), "name"),
        (line(made.BAG, "包", ""), "unit1"),
        (line(made.BAG, "包", "公斤"), "unit1"),
        (line(made.BAG, "包", "千克", "筐子"), "unit2"),
        (line(made.BAG, "包", "千克", "千克"), "unit2"),
        (line(made.BAG, "包", "千克", "", "101"), "export_duty"),
        (line(made.BAG, "包", "千克", "", "-1"), "export_duty"),
        (line(made.BAG, "包", "千克", "", 0.2), "export_duty"),
        (line(made.BAG, "包", "千克", "", "很多"), "export_duty"),
        (line(made.BAG, "包", "千克", "", "", "A" * 31), "supervision"),
        (line(made.BAG, "包", "千克", "", "", "", "", "材" * 61), "elements"),
        (line(made.SHOES, "包", "千克"), "code"),
    ],
)
def test_each_fault_of_a_tariff_stands_at_its_cell(staff: Any, row: list[Any], column: str) -> None:
    batch = bring(staff, tariff.CODE, made.HEAD, line(made.SHOES, "鞋", "双"), row, parameters=PLACE)
    assert batch.state == "findings"
    assert (3, column) in found(batch)
    assert not TariffVersion.objects.exists()


def test_a_code_outside_the_nomenclature_is_a_warning_that_is_shown(staff: Any, client: Any) -> None:
    batch = bring(staff, tariff.CODE, made.HEAD, line("9801000000", "我国自设", "千克"), parameters=PLACE)
    assert (batch.state, found(batch), found(batch, "warning")) == ("ready", [], [(2, "code")])
    client.force_login(staff)
    assert "协调制度 2022 没有 980100" in client.get(f"/imports/{batch.pk}/").content.decode()


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ({}, "要写明版本名称"),
        ({"name": "新版"}, "从哪一天起施行"),
        ({"name": "新版", "valid_from": "2026-13-01"}, "从哪一天起施行"),
        ({"name": "2025 年版", "valid_from": "2026-01-01"}, "已有叫"),
        ({"name": "新版", "valid_from": "2025-01-01"}, "已有从 2025-01-01"),
    ],
)
def test_a_version_without_its_place_is_refused(staff: Any, place: dict[str, str], sentence: str) -> None:
    made.tariff()
    batch = bring(staff, tariff.CODE, made.HEAD, line(made.BAG, "包", "千克"), parameters=place)
    assert batch.state == "findings"
    assert sentence in batches.findings(batch)[0].message


def test_a_preview_that_is_no_longer_true_is_shown_anew(staff: Any) -> None:
    batch = bring(staff, tariff.CODE, made.HEAD, line(made.BAG, "包", "千克"), parameters=PLACE)
    made.tariff()
    batch = confirm(staff, batch)
    assert batch.state == "ready"
    assert confirm(staff, batch).state == "committed"


def test_a_tariff_is_taken_back_until_a_decision_rests_on_it(staff: Any) -> None:
    first = made.tariff()
    batch = confirm(
        staff, bring(staff, tariff.CODE, made.HEAD, line(made.BAG, "包", "千克"), parameters=PLACE)
    )
    version = TariffVersion.objects.get(name="2026 年版")
    decision = Decision.objects.create(
        good=made.good(made.party("SH-1"), "SP1"), good_revision=0, as_of=made.FROM, policy_hash="0" * 64, tariff=version,
        facts={}, outcome="recognised",
    )  # fmt: skip
    with pytest.raises(InputError, match="已有 1 项商品认定依据"):
        importing.undo(actor=staff, batch_id=batch.pk, reason="错版")
    decision.delete()
    assert "删除税则版本“2026 年版”的 1 个编码" in importing.consequences(actor=staff, batch_id=batch.pk)[0]
    importing.undo(actor=staff, batch_id=batch.pk, reason="错版")
    first.refresh_from_db()
    assert (TariffVersion.objects.count(), first.valid_to) == (1, None)


def test_a_merchant_brings_its_goods_and_staff_take_them_back(staff: Any) -> None:
    made.tariff()
    with merchant_of("SH-1") as (merchant, party):
        second = [*GOOD[:3], "A-2", *GOOD[4:]]
        batch = bring(merchant, catalogue.CODE, CATALOGUE_HEAD, GOOD, second)
        assert (batch.state, batch.effects["new"]) == ("ready", 2)
        batch = confirm(merchant, batch)
        assert batch.state == "committed", batch.error
        stored = list(Good.objects.order_by("number"))
        assert [(each.party_id, each.model, each.elements["材质"]) for each in stored] == [
            (party.pk, "A-1", "PU"), (party.pk, "A-2", "PU"),
        ]  # fmt: skip
        twice = bring(
            merchant,
            catalogue.CODE,
            CATALOGUE_HEAD,
            GOOD,
            [*GOOD[:3], "A-3", *GOOD[4:]],
            [*GOOD[:3], "A-3", *GOOD[4:]],
        )
        assert found(twice) == [(2, "name"), (4, "name")]
    Good.objects.filter(pk=stored[0].pk).update(revision=1)
    with as_(staff), pytest.raises(InputError, match="后来改过"):
        importing.undo(actor=staff, batch_id=batch.pk, reason="重复")
    Good.objects.update(revision=0)
    with as_(staff):
        importing.undo(actor=staff, batch_id=batch.pk, reason="重复")
    assert not Good.objects.exists()


@pytest.mark.parametrize(
    ("place", "cell", "column"),
    [
        (0, "ZT-SH-2", "party"), (0, "没有", "party"), (1, "", "name"), (1, "包" * 201, "name"), (2, "包", "name_en"),
        (4, "名牌", "brand_kind"), (5, "某牌", "brand"), (7, "筐子", "unit"), (7, "", "unit"), (8, "42", "hs_code"),
        (9, "12", "extra_code"), (10, "PU", "elements"), (10, "种类=包", "elements"),
    ],
)  # fmt: skip
def test_each_fault_of_a_good_stands_at_its_cell(staff: Any, place: int, cell: str, column: str) -> None:
    made.tariff()
    made.party("SH-2")
    wrong = [cell if at == place else each for at, each in enumerate(GOOD)]
    with merchant_of("SH-1") as (merchant, _):
        batch = bring(merchant, catalogue.CODE, CATALOGUE_HEAD, wrong)
    assert found(batch) == [(2, column)]
    assert not Good.objects.exists()


def test_who_acts_for_several_names_the_party(staff: Any) -> None:
    made.tariff()
    one, two = made.party("SH-1"), made.party("SH-2")
    agent = person(Role.AGT, "WM-1")
    broker = made.party("WM-1", roles=("agent",))
    for principal in (one, two):
        made.agreement(principal, broker)
    with as_(agent):
        batch = bring(agent, catalogue.CODE, CATALOGUE_HEAD, GOOD, ["ZT-SH-2", *GOOD[1:]])
        assert found(batch) == [(2, "party")]
        batch = confirm(
            agent,
            bring(agent, catalogue.CODE, CATALOGUE_HEAD, ["ZT-SH-1", *GOOD[1:]], ["ZT-SH-2", *GOOD[1:]]),
        )
        assert batch.state == "committed", batch.error
        assert set(Good.objects.values_list("party_id", flat=True)) == {one.pk, two.pk}
    assert len(batches.findings(batch)) == 0
    assert services.store_goods(actor=staff, goods=[]) == []

"""The demo's tariff and goods: coherent versions, goods that fit their merchants, planted ones that do not; loaded once."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from trade_made_demo import SMALL, TODAY, WHOLE, digest
from youju.foundation.identity import demo as people
from youju.foundation.identity.models import User
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting
from youju.trade.goods.demo import loading
from youju.trade.goods.demo.making import MadeGood, goods, planted
from youju.trade.goods.demo.tariffs import tariffs
from youju.trade.goods.models import Decision, Element, Good, TariffLine, TariffVersion
from youju.trade.goods.selectors.searching import search
from youju.trade.parties.demo import loading as parties
from youju.trade.parties.demo.making import chapters, profile_of
from youju.trade.parties.demo.planning import standing
from youju.trade.parties.demo.tables import authored, products

ODDITIES = {each["good"]: each for each in authored("planted")["goods"]}
OLD, NEW = tariffs()


@pytest.fixture(scope="module")
def made() -> list[MadeGood]:
    """The whole demo's goods."""
    return list(goods(WHOLE))


@pytest.mark.parametrize("version", tariffs(), ids=lambda each: each.source_name)
def test_a_version_is_in_order(version: Any) -> None:
    assert list(version.lines) == sorted(version.lines)
    assert all(re.fullmatch(r"\d{10}", code) for code in version.lines)
    assert all(line.name and line.unit1 and line.elements for line in version.lines.values())
    assert 300 <= len(version.lines) <= 340
    assert "非官方" in version.name
    assert {"42", "39", "41", "48", "54", "55", "58", "59", "60", "73", "83"} <= {
        c[:2] for c in version.lines
    }


def test_the_later_version_takes_over_and_changes_what_is_told() -> None:
    told = authored("tariff")["changes"]
    assert OLD.valid_to == NEW.valid_from
    gone, new = OLD.lines.keys() - NEW.lines.keys(), NEW.lines.keys() - OLD.lines.keys()
    assert gone == {*told["split"], *told["ended"]}
    assert new == {*(code for codes in told["split"].values() for code in codes), *told["added"]}
    both = OLD.lines.keys() & NEW.lines.keys()
    pairs = {code: (OLD.lines[code], NEW.lines[code]) for code in both}
    assert (
        sorted(c for c, (a, b) in pairs.items() if (a.unit1, a.unit2) != (b.unit1, b.unit2)) == told["unit"]
    )
    assert {c: str(b.export_duty) for c, (a, b) in pairs.items() if a.export_duty != b.export_duty} == told[
        "duty"
    ]
    assert (
        sorted(
            c for c, (a, b) in pairs.items() if (a.supervision, a.inspection) != (b.supervision, b.inspection)
        )
        == told["inspection"]
    )
    assert [c for c, (a, b) in pairs.items() if a.name != b.name] == told["wording"]
    assert [c for c, (a, b) in pairs.items() if a.elements != b.elements] == told["elements"]


def test_every_product_has_a_code_and_a_statutory_unit() -> None:
    for product in (each for some in products().values() for each in some):
        line = OLD.lines[product.hs_code]
        assert product.unit in {line.unit1, line.unit2}, product.code
        assert float(product.low) < float(product.high)
        assert product.per_carton > 0


def test_the_same_plan_gives_the_same_goods() -> None:
    assert digest(goods(SMALL)) == digest(goods(SMALL))


def test_there_are_1500_bags_and_materials_foremost(made: list[MadeGood]) -> None:
    assert len(made) == 1_500
    assert len({each.values["number"] for each in made}) == 1_500
    of = Counter(each.values["hs_code"][:2] for each in made)
    assert of["42"] > 900
    assert of["42"] + sum(of[chapter] for chapter in ("39", "41", "54", "58", "59", "83", "96")) > 1_200


def test_every_seller_has_goods_and_nobody_else(made: list[MadeGood]) -> None:
    owners = {each.owner for each in made}
    assert owners == {
        i for i in range(300) if standing(i) in {"approved", "expiring", "expired", "suspended"}
    }
    assert sum(each.owner == 0 for each in made) > 20


def test_goods_fit_their_merchant_their_code_and_their_unit(made: list[MadeGood]) -> None:
    for each in made:
        if each.index not in ODDITIES:
            line = OLD.lines[each.values["hs_code"]]
            assert each.values["hs_code"][:2] in chapters(profile_of(WHOLE, each.owner))
            assert each.values["unit"] in {line.unit1, line.unit2}
            assert each.values["brand_kind"] in {"none", "own"}
            assert {*line.elements} - {"其他"} == {*each.values["elements"]}
            assert all(each.values["elements"].values())


@pytest.mark.parametrize("oddity", list(ODDITIES.values()), ids=lambda each: each["id"])
def test_it_is_planted(oddity: dict[str, Any], made: list[MadeGood]) -> None:
    found = made[oddity["good"]]
    assert found.values.items() >= oddity["change"].items()
    assert found.owner == oddity.get("owner", found.owner)
    line = NEW.lines.get(found.values["hs_code"])
    had = found.values["hs_code"] in OLD.lines
    holds = {
        "unknown_code": not had and line is None,
        "ended_code": had and line is None,
        "split_code": had and line is None,
        "banned": line is not None and ("8" in line.supervision or line.code.startswith("4402")),
        "licence": line is not None and bool({"4", "3", "E"} & {*line.supervision}),
        "inspection": line is not None and "B" in line.supervision,
        "duty": line is not None and line.export_duty is not None,
        "brand": found.values["brand_kind"] in {"foreign", "domestic"}
        and "authorisation" not in found.values,
        "food": found.values["hs_code"][:2] in {"09", "19"},
        "scope": found.values["hs_code"][:2] not in chapters(profile_of(WHOLE, found.owner)),
        "unit": line is not None and found.values["unit"] not in {line.unit1, line.unit2},
        "name": line is not None and found.values["name"] not in line.name,
    }
    assert holds[oddity["kind"]]


def test_a_small_demo_plants_what_it_has_room_for() -> None:
    assert len(planted(SMALL)) == len(ODDITIES) - 1


@pytest.mark.django_db
def test_the_load_is_whole_and_happens_once() -> None:
    people.load()
    parties.load(plan=SMALL)
    seen: list[tuple[int, int]] = []
    assert loading.load(lambda done, total: seen.append((done, total)), plan=SMALL)
    assert seen[-1] == (150, 150)
    assert not loading.load(plan=SMALL)
    latest = {row.good.number: row.outcome for row in Decision.objects.select_related("good")}
    assert (
        Good.objects.filter(is_demo=True).count() == 150 == len(latest) + 6
    )  # one in 25 waits to be recognised
    for each in planted(SMALL):
        outcome = latest[f"DG{each['good']:08d}"]
        assert outcome == "refused" if each["expect"] == "refused" else outcome != "recognised", each["id"]
    assert {row.as_of for row in Decision.objects.all()} == {TODAY}
    assert not TariffLine.objects.filter(initials="").exists()
    version = TariffVersion.objects.get(valid_to=None)
    assert {hit.line.code for hit in search("手提包", version=version)} & {
        hit.line.code for hit in search("stb", version=version)
    }
    assert TariffLine.objects.count() == len(OLD.lines) + len(NEW.lines)
    assert Element.objects.filter(version__valid_from=NEW.valid_from).count() == len(NEW.lines)
    assert TariffVersion.objects.get(valid_from__lte=TODAY, valid_to=None).name == NEW.name
    first = parties.first_id() or 0
    owners = list(Good.objects.order_by("number").values_list("party_id", flat=True))
    assert owners == [first + each.owner for each in goods(SMALL)]
    with acting(**who(User.objects.get(username="demo-mer"))):
        own = Good.objects.all()
        assert own.count() == sum(each.owner == 0 for each in goods(SMALL))
        assert {each.created_by for each in own} == {"demo-mer"}


@pytest.mark.django_db
def test_without_parties_there_is_a_tariff_and_no_goods() -> None:
    assert loading.load(plan=SMALL)
    assert TariffVersion.objects.count() == 2
    assert not Good.objects.exists()
    assert not loading.load(plan=SMALL)


@pytest.mark.django_db
def test_a_tariff_that_was_loaded_stays_the_only_one() -> None:
    TariffVersion.objects.create(name="正式", valid_from="2026-01-01")
    assert not loading.load(plan=SMALL)
    assert TariffVersion.objects.count() == 1

"""A merchant's goods: registered, changed, withdrawn; what is refused; pictures and papers; who may."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import trade_made_goods as made
from kept import kept
from trade_people import as_, person
from youju.foundation.audit import selectors as audit
from youju.foundation.files.selectors import attachments
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import selectors, services
from youju.trade.goods.events import good_subject
from youju.trade.goods.models import Decision, Good, GoodDraft

pytestmark = pytest.mark.django_db


@kept
def shop() -> dict[str, Any]:
    """A merchant with a party on file, an agent of it, another merchant, staff of its section, and a tariff."""
    made.tariff()
    merchant, other, agent = person(Role.MER, "SH-1"), person(Role.MER, "SH-2"), person(Role.AGT, "WM-1")
    mine, theirs = made.party("SH-1"), made.party("SH-2", sections=["WM"])
    broker = made.party("WM-1", roles=("agent",))
    made.agreement(mine, broker)
    return {
        "merchant": merchant, "other": other, "agent": agent, "mine": mine, "theirs": theirs, "broker": broker,
        "staff": person(Role.STF, sections=("SC",)), "auditor": person(Role.AUD),
    }  # fmt: skip


def faults(excinfo: Any) -> list[str]:
    return [name for name, _ in excinfo.value.faults]


def test_a_merchant_registers_a_good(shop: dict[str, Any]) -> None:
    with as_(shop["merchant"]) as me:
        good = services.save_good(
            actor=me, party_id=shop["mine"].pk, values=made.values(name="  女式  单肩包 ")
        )
    assert (good.name, good.state, good.revision, good.created_by) == ("女式 单肩包", "draft", 0, me.username)
    assert good.number.startswith(f"SP{timezone.localdate():%y}")
    assert len(good.number) == 11
    assert [line.deed for line in audit.history("goods.good", str(good.pk)).lines] == ["登记了"]


def test_a_changed_good_waits_for_a_new_recognition(shop: dict[str, Any]) -> None:
    good = made.good(
        shop["mine"], "SP1", state="explained", explanation="样品", elements={"材质": "布", "种类": "包"}
    )
    with as_(shop["merchant"]) as me:
        saved = services.save_good(actor=me, good_id=good.pk, values=made.values(), base=0)
        assert (saved.state, saved.revision, saved.explanation) == ("draft", 1, "")
        again = services.save_good(actor=me, good_id=good.pk, values=made.values(), base=1)
        assert again.revision == 1
        with pytest.raises(services.StaleGoodError, match="别人已经改过"):
            services.save_good(actor=me, good_id=good.pk, values=made.values(name="包"), base=0)
    assert "状态" in str(audit.history("goods.good", str(good.pk)).lines[0])


def test_a_new_picture_alone_leaves_the_recognition(shop: dict[str, Any]) -> None:
    stored = replace(made.values())
    with as_(shop["merchant"]) as me:
        good = services.save_good(actor=me, party_id=shop["mine"].pk, values=stored)
        Good.objects.filter(pk=good.pk).update(state="recognised")
        saved = services.save_good(
            actor=me, good_id=good.pk, values=stored, picture=services.Upload("包.png", made.picture())
        )
        assert (saved.state, saved.revision) == ("recognised", 0)
        assert saved.picture
        small, large = (selectors.picture_of(me, good.pk, f"picture-{size}") for size in ("small", "large"))
        assert small and large and small.kept.kind.code == large.kept.kind.code == "jpeg"
        services.save_good(
            actor=me,
            good_id=good.pk,
            values=stored,
            picture=services.Upload("包.jpg", made.picture(kind="JPEG")),
        )
        assert len(attachments(good_subject(good), "picture")) == 1
        gone = services.save_good(actor=me, good_id=good.pk, values=stored, drop_picture=True)
        assert gone.picture is None
    assert attachments(good_subject(good)) == []


def test_small_copies_lose_the_place_and_stand_upright(shop: dict[str, Any]) -> None:
    from PIL import Image

    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "secret camera"
    Image.new("RGB", (400, 200)).save(out, "JPEG", exif=exif)
    with as_(shop["merchant"]) as me:
        good = services.save_good(
            actor=me,
            party_id=shop["mine"].pk,
            values=made.values(),
            picture=services.Upload("a.jpg", out.getvalue()),
        )
        found = selectors.picture_of(me, good.pk, "picture-small")
    assert found is not None
    from youju.foundation.files.selectors import read_kept

    content = read_kept(found.kept.sha256)
    shown = Image.open(io.BytesIO(content))
    assert shown.size == (80, 160)
    assert b"secret" not in content


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.png", b"", "文件是空的"),
        ("a.png", b"\x89PNG\r\n\x1a\nbroken", "打不开"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "打不开"),
        ("a.html", b"<html>", "这里不收"),
        ("a.svg", b"<svg xmlns='x'/>", "这里不收"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_kept(
    shop: dict[str, Any], name: str, content: bytes, sentence: str
) -> None:
    with as_(shop["merchant"]) as me, pytest.raises(InputError, match=sentence):
        services.save_good(
            actor=me, party_id=shop["mine"].pk, values=made.values(), picture=services.Upload(name, content)
        )
    assert not Good.objects.exists()


def test_a_picture_of_too_many_pixels_is_refused(
    shop: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("youju.trade.goods.services.pictures.whole", lambda _law, _name: 1000)
    with as_(shop["merchant"]) as me, pytest.raises(InputError, match="900×600 像素，太大"):
        services.save_good(
            actor=me,
            party_id=shop["mine"].pk,
            values=made.values(),
            picture=services.Upload("a.png", made.picture()),
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "包" * 201}, "name"),
        ({"name_en": "bag 包"}, "name_en"),
        ({"unit": ""}, "unit"),
        ({"unit": "筐子"}, "unit"),
        ({"hs_code": ""}, "hs_code"),
        ({"hs_code": "4202.2210"}, "hs_code"),
        ({"hs_code": "٤٢٠٢٢٢١٠٠٠"}, "hs_code"),
        ({"extra_code": "12"}, "extra_code"),
        ({"brand_kind": "none", "brand": "某牌"}, "brand"),
        ({"brand_kind": "own"}, "brand"),
        ({"brand_kind": "best"}, "brand_kind"),
        ({"elements": {"种类": "包"}}, "element:材质"),
        ({"elements": {"材质": " ", "种类": "包"}}, "element:材质"),
        ({"elements": {"材质": "革" * 201, "种类": "包"}}, "element:材质"),
        ({"authorised_until": date(2030, 1, 1)}, "authorised_until"),
    ],
)
def test_each_fault_stands_at_its_field(shop: dict[str, Any], change: dict[str, Any], field: str) -> None:
    with as_(shop["merchant"]) as me, pytest.raises(services.GoodFaultsError) as refused:
        services.save_good(actor=me, party_id=shop["mine"].pk, values=made.values(**change))
    assert faults(refused) == [field]
    assert not Good.objects.exists()


def test_an_unknown_code_may_be_kept_for_recognition_to_judge(shop: dict[str, Any]) -> None:
    with as_(shop["merchant"]) as me:
        good = services.save_good(
            actor=me, party_id=shop["mine"].pk, values=made.values(hs_code="4202999999", elements={})
        )
        page = selectors.good_page(me, good.pk)
    assert page is not None
    assert page.tariff is None


def test_an_authorisation_is_kept_beside_earlier_ones_and_its_reading_recorded(shop: dict[str, Any]) -> None:
    branded = made.values(brand_kind="other", brand="ACME", authorised_until=date(2030, 1, 1))
    with as_(shop["merchant"]) as me:
        good = services.save_good(
            actor=me,
            party_id=shop["mine"].pk,
            values=branded,
            authorisation=services.Upload("授权.pdf", b"%PDF-1 one"),
        )
        services.save_good(
            actor=me,
            good_id=good.pk,
            values=branded,
            authorisation=services.Upload("授权.pdf", b"%PDF-1 two"),
        )
        good.refresh_from_db()
        assert good.revision == 1
        assert len(attachments(good_subject(good), "authorisation")) == 2
        found = services.hand_out_authorisation(actor=me, good_id=good.pk)
        assert good.authorisation and found.kept.sha256.startswith(good.authorisation.hex)
    assert any("下载了品牌授权文件" in line.deed for line in audit.history("goods.good", str(good.pk)).lines)
    with as_(shop["other"]) as other, pytest.raises(InputError, match="没有这份"):
        services.hand_out_authorisation(actor=other, good_id=good.pk)


def test_withdrawn_and_restored(shop: dict[str, Any]) -> None:
    good = made.good(shop["mine"], "SP1", state="recognised")
    with as_(shop["merchant"]) as me:
        with pytest.raises(InputError, match="须写明理由"):
            services.withdraw_good(actor=me, good_id=good.pk, reason=" ")
        with pytest.raises(InputError, match="没有下架"):
            services.restore_good(actor=me, good_id=good.pk)
        assert services.withdraw_good(actor=me, good_id=good.pk, reason="不卖了").state == "withdrawn"
        with pytest.raises(InputError, match="已经下架"):
            services.withdraw_good(actor=me, good_id=good.pk, reason="不卖了")
        with pytest.raises(InputError, match="已下架，不能修改"):
            services.save_good(actor=me, good_id=good.pk, values=made.values())
        assert services.restore_good(actor=me, good_id=good.pk).state == "draft"
    lines = audit.history("goods.good", str(good.pk)).lines
    assert [line.deed for line in lines] == ["重新上架了", "下架了"]


def test_who_may_register_for_whom(shop: dict[str, Any]) -> None:
    allowed = [("merchant", "mine"), ("agent", "mine"), ("staff", "mine"), ("other", "theirs")]
    for who in ("merchant", "other", "agent", "staff"):
        for whose in ("mine", "theirs", "broker"):
            with as_(shop[who]) as me:
                if (who, whose) in allowed:
                    assert services.save_good(actor=me, party_id=shop[whose].pk, values=made.values()).pk
                else:
                    with pytest.raises(PermissionDenied, match="您不能为这家"):
                        services.save_good(actor=me, party_id=shop[whose].pk, values=made.values())
    with as_(shop["auditor"]) as auditor, pytest.raises(PermissionDenied):
        services.save_good(actor=auditor, party_id=shop["mine"].pk, values=made.values())
    with as_(shop["merchant"]) as me, pytest.raises(services.GoodFaultsError, match="请选是哪家"):
        services.save_good(actor=me, values=made.values())


@pytest.mark.parametrize("state", ["draft", "submitted", "suspended", "cancelled"])
def test_a_party_that_is_not_on_file_sells_nothing(shop: dict[str, Any], state: str) -> None:
    type(shop["mine"]).objects.filter(pk=shop["mine"].pk).update(state=state)
    with as_(shop["merchant"]) as me, pytest.raises(PermissionDenied):
        services.save_good(actor=me, party_id=shop["mine"].pk, values=made.values())


def test_an_agreement_that_is_over_ends_what_an_agent_may(shop: dict[str, Any]) -> None:
    good = made.good(shop["mine"], "SP1")
    with as_(shop["agent"]) as agent:
        assert selectors.good(agent, good.pk)
    held = shop["broker"].agreements_held.get()
    type(held).objects.filter(pk=held.pk).update(valid_to=timezone.localdate() - timedelta(days=1))
    with as_(shop["agent"]) as agent:
        assert selectors.good(agent, good.pk) is None
        with pytest.raises(InputError, match="没有这件商品"):
            services.save_good(actor=agent, good_id=good.pk, values=made.values())


def test_typing_is_kept_for_its_writer_and_goes_when_saved(shop: dict[str, Any]) -> None:
    with as_(shop["merchant"]) as me:
        assert services.keep_typing(actor=me, good_id=None, party_id=None, base=0, form={}) is None
        for text in ("女", "女式"):
            assert services.keep_typing(
                actor=me, good_id=None, party_id=shop["mine"].pk, base=0, form={"name": text}
            )
        kept = selectors.typing(me, None)
        assert kept is not None
        assert kept.form == {"name": "女式"}
        with pytest.raises(InputError, match="太长"):
            services.keep_typing(
                actor=me, good_id=None, party_id=shop["mine"].pk, base=0, form={"a": "x" * 2001}
            )
        with pytest.raises(PermissionDenied):
            services.keep_typing(actor=me, good_id=None, party_id=shop["theirs"].pk, base=0, form={})
        with pytest.raises(InputError, match="没有这件商品"):
            services.keep_typing(actor=me, good_id=10**9, party_id=None, base=0, form={})
    with as_(shop["agent"]) as agent:
        assert selectors.typing(agent, None) is None
    with as_(shop["other"]):
        assert not GoodDraft.objects.exists()
    with as_(shop["merchant"]) as me:
        services.save_good(actor=me, party_id=shop["mine"].pk, values=made.values())
        assert selectors.typing(me, None) is None


def test_the_page_shows_the_latest_decision_and_whether_it_still_holds(shop: dict[str, Any]) -> None:
    good = made.good(shop["mine"], "SP1", revision=1, elements={"材质": "布", "旧要素": "旧"})
    for revision, outcome in ((0, "recognised"), (1, "refused")):
        Decision.objects.create(
            good=good, good_revision=revision, as_of=made.FROM, policy_hash="0" * 64, facts={}, outcome=outcome,
            decided_at=timezone.now() + timedelta(seconds=revision), rule_ids=["REC-001"] * revision,
        )  # fmt: skip
    with as_(shop["merchant"]) as me, CaptureQueriesContext(connection) as queries:
        page = selectors.good_page(me, good.pk)
    assert page is not None
    assert page.decision is not None
    assert (page.decision.outcome, page.decision.current, page.decisions[1].current) == (
        "refused",
        True,
        False,
    )
    assert page.elements == [
        ("品名", "包SP1", True), ("品牌类型", "无品牌", True), ("材质", "布", True), ("种类", "", True), ("GTIN", "", True),
        ("旧要素", "旧", False),
    ]  # fmt: skip
    assert len(queries) <= 12


def test_the_list_filters_and_its_queries_do_not_grow(shop: dict[str, Any]) -> None:
    for number in range(3):
        made.good(
            shop["mine"], f"SP{number}", state="recognised" if number else "outdated", brand=f"牌{number}"
        )
    made.good(shop["mine"], "SP9", hs_code=made.SHOES, name="运动鞋")
    with as_(shop["merchant"]) as me:
        seen = {
            "": 4, "鞋": 1, "SP1": 1, "6403": 1, "牌2 包": 1, "\0": 4,
        }  # fmt: skip
        assert {text: selectors.goods(me, text=text).count() for text in seen} == seen
        assert selectors.goods(me, state="recognised").count() == 2
        assert selectors.goods(me, state="waiting").count() == 2
        assert selectors.goods(me, chapter="64").count() == 1
        assert selectors.goods(me, party="商户SH-1").count() == 4
        assert selectors.goods(me, picture="yes").count() == 0
        with CaptureQueriesContext(connection) as queries:
            assert len({row.party.name for row in selectors.goods(me)}) == 1
    assert len(queries) == 2

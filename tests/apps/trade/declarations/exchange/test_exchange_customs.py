"""Customs' steps by hand: the same rules, with a name; a kept reply follows at once; the goods of a rejected one are free."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from trade_deals import make_deal
from trade_loads import boxed, confirmed, opened
from trade_made_sending import ENTRY, key_of, log_of, make_declarations, make_desk, receive, state_of, told
from trade_people import as_, person
from youju.foundation.audit import selectors as audit
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.models import Case
from youju.rules.trade.declarations.lifecycle import DECLARATION_KIND
from youju.trade.declarations import services
from youju.trade.declarations.models import Declaration, Message, SourceLine
from youju.trade.packing import services as packing
from youju.trade.packing.models import PackedLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    return make_desk(tmp_path)


def sent(desk, first: int = 1) -> Declaration:
    (row,) = make_declarations(desk, first=first)
    with as_(desk.sender) as user:
        services.send_declaration(actor=user, key=key_of(row))
    return row


def by_hand(desk, row, step: str, **fields) -> None:
    with as_(desk.staff) as user:
        services.record_customs(actor=user, key=key_of(row), step=step, **fields)


def test_the_whole_way_by_hand(desk) -> None:
    row = sent(desk)
    yesterday = timezone.now() - timedelta(days=1)
    by_hand(desk, row, "accept", entry_number=f" {ENTRY} ", at=yesterday)
    by_hand(desk, row, "inspect", reason="布控")
    by_hand(desk, row, "release", at=timezone.now() + timedelta(days=9))
    by_hand(desk, row, "export")
    assert (state_of(row), log_of(row)) == ("exported", ["send", "accept", "inspect", "release", "export"])
    assert (row.entry_number, row.accepted_at) == (ENTRY, yesterday)
    assert row.released_at <= timezone.now()  # nobody's clock puts it into the future
    lines = audit.history(DECLARATION_KIND, key_of(row)).lines
    assert [line.entry.actor for line in lines].count(desk.staff.username) == 5
    steps = Case.objects.get(subject_key=key_of(row)).steps
    assert steps.get(transition="release").by == desk.staff.username


def test_a_reply_that_comes_after_the_hand_says_nothing_new_and_a_kept_one_follows(desk) -> None:
    row = sent(desk)
    assert receive(told(key_of(row), "released")).state == "kept"
    by_hand(desk, row, "accept", entry_number=ENTRY)
    assert (state_of(row), log_of(row)) == ("released", ["send", "accept", "release"])
    late = receive(told(key_of(row), "accepted"))
    assert (late.state, late.text) == ("read", "此前已到这一步")
    wrong = receive(told(key_of(row), "exported", entry="1" * 18))
    assert wrong.state == "refused" and "不一致" in wrong.text


def test_a_number_typed_wrongly_is_corrected_and_the_refused_reply_judged_anew(desk) -> None:
    row, other = sent(desk), sent(desk, first=2)
    by_hand(desk, other, "accept", entry_number="2" * 18)
    by_hand(desk, row, "accept", entry_number="1" * 18)
    refused = receive(told(key_of(row), "released"))
    with as_(desk.staff) as user:
        for wrong, told_why in (("12", "18 位"), ("2" * 18, "已用在另一票上")):
            with pytest.raises(InputError, match=told_why):
                services.correct_entry_number(
                    actor=user, key=key_of(row), entry_number=wrong, reason="抄错了"
                )
        with pytest.raises(InputError, match="写明理由"):
            services.correct_entry_number(actor=user, key=key_of(row), entry_number=ENTRY, reason=" ")
        assert services.put_back(actor=user, message=refused.message) == "refused"
        services.correct_entry_number(actor=user, key=key_of(row), entry_number=ENTRY, reason="抄错了")
        assert services.put_back(actor=user, message=refused.message) == "read"
        with pytest.raises(InputError, match="不在异常回执里"):
            services.put_back(actor=user, message=refused.message)
    assert (state_of(row), row.entry_number) == ("released", ENTRY)
    (line,) = [e for e in audit.history(DECLARATION_KIND, key_of(row)).lines if "更正了报关单号" in e.deed]
    assert line.entry.reason == "抄错了"
    with as_(desk.staff) as user, pytest.raises(InputError, match="只有已受理"):
        services.correct_entry_number(
            actor=user, key=key_of(sent(desk, first=3)), entry_number=ENTRY, reason="抄错了"
        )


@pytest.mark.parametrize(
    ("step", "fields", "why"),
    [
        ("accept", {}, "18 位"),
        ("accept", {"entry_number": "2" * 17}, "18 位"),
        ("reject", {}, "须写明理由"),
        ("release", {}, "不能放行"),
        ("export", {}, "不能结关"),
        ("send", {}, "没有“send”这一步"),
        ("withdraw", {"reason": "x"}, "没有“withdraw”这一步"),
        ("accept", {"entry_number": ENTRY, "expected": 9}, "刚才有改动"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(desk, step, fields, why) -> None:
    row = sent(desk)
    before = Declaration.objects.values().get(pk=row.pk)
    with pytest.raises(InputError, match=why):
        by_hand(desk, row, step, **fields)
    assert Declaration.objects.values().get(pk=row.pk) == before
    assert log_of(Declaration.objects.get(pk=row.pk)) == ["send"]


def test_a_number_in_use_is_refused_also_where_the_other_declaration_is_not_theirs_to_see(
    desk, tmp_path
) -> None:
    far = make_desk(tmp_path / "far", "F")
    theirs, row = sent(desk), None
    by_hand(desk, theirs, "accept", entry_number=ENTRY)
    (row,) = make_declarations(far, first=50)
    Declaration.objects.filter(pk=row.pk).update(sections=["SC"])
    with as_(far.sender) as user:
        services.send_declaration(actor=user, key=key_of(row))
    staff = person(Role.STF, sections=("SC",), username="stf-far")
    with as_(staff) as user:
        with pytest.raises(InputError, match="已用在另一票上"):
            services.record_customs(actor=user, key=key_of(row), step="accept", entry_number=ENTRY)
        with pytest.raises(InputError, match="没有报关单"):  # and the first one is none of theirs
            services.record_customs(actor=user, key=key_of(theirs), step="release")


def test_only_supervising_staff_registers(desk) -> None:
    row = sent(desk)
    with as_(desk.sender) as user, pytest.raises(PermissionDenied, match="登记海关办理结果"):
        services.record_customs(actor=user, key=key_of(row), step="accept", entry_number=ENTRY)


def test_the_goods_of_a_rejected_declaration_stay_with_it_until_it_is_corrected(desk) -> None:
    deal = make_deal()
    loaded = opened(deal, confirmed(deal), close=True)
    box_row, (box,) = boxed(deal)
    with as_(deal.agent) as user:
        packing.pack_all(actor=user, number=box_row.number, consolidation=loaded.number)
    row = sent(desk)
    line = row.lines.get()
    for packed in PackedLine.objects.filter(container=box):
        SourceLine.objects.create(
            line=line, packed=packed, order_line=packed.order_line, merchant=deal.parties["merchant"],
            quantity=packed.quantity, amount=packed.amount, amount_cny=packed.amount, net_weight=packed.net_weight,
            gross_weight=packed.gross_weight,
        )  # fmt: skip
    by_hand(desk, row, "reject", reason="品名不符")
    assert set(SourceLine.objects.values_list("live", flat=True)) == {True}
    assert (state_of(row), row.rejection) == ("rejected", "品名不符")
    assert not Message.objects.filter(direction="in").exists()

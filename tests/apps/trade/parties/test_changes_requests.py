"""Change requests: what is kept, who grants, what is refused; renewal; nothing half done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from trade_made_changes import agreement, party
from trade_people import as_, organisation, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import unseal
from youju.foundation.workflow import selectors as workflow
from youju.trade.parties import events, selectors, services
from youju.trade.parties.models import ChangeRequest, Identifier, Party
from youju.trade.parties.services.numbers import reseal_requests

pytestmark = pytest.mark.django_db
GOOD_ID = "11010519491231002X"


@pytest.fixture
def merchant() -> Any:
    return person(Role.MER, "M1")


@pytest.fixture
def staff() -> Any:
    return person(Role.STF, sections=("SC",))


@pytest.fixture
def filed(merchant: Any) -> Party:
    return party(organisation=merchant.organisation, phone="13800001234")


def ask(actor: Any, filed: Party, **more: Any) -> ChangeRequest:
    given: dict[str, Any] = {
        "values": {"address": "新摊位 3 号"},
        "reason": "搬家",
        "expected": filed.revision,
    } | more
    with as_(actor):
        return services.request_change(actor=actor, party_id=filed.pk, **given)


def decide(actor: Any, change: ChangeRequest, transition: str = "approve", **more: Any) -> ChangeRequest:
    with as_(actor):
        return services.decide_change(actor=actor, change_id=change.pk, transition=transition, **more)


def test_only_what_changes_is_kept_and_a_number_is_never_in_the_open(merchant: Any, filed: Party) -> None:
    change = ask(
        merchant,
        filed,
        values={"address": "新摊位 3 号", "name": filed.name, "registered_capital": "10"},
        numbers={"phone.contact": "138 0000 9999", "resident_id.legal_person": GOOD_ID},
    )
    assert set(change.after) == {"address", "registered_capital", "phone.contact", "resident_id.legal_person"}
    assert change.before == {
        "address": "",
        "registered_capital": None,
        "phone.contact": {"masked": "138****1234"},
        "resident_id.legal_person": {"masked": ""},
    }
    kept = change.after["phone.contact"]
    assert kept["masked"] == "138****9999"
    assert unseal(kept["sealed"]) == "13800009999"
    assert "13800009999" not in str({**change.before, **change.after})
    assert GOOD_ID not in str(change.after)


def test_the_history_speaks_in_plain_words(merchant: Any, staff: Any, filed: Party) -> None:
    change = ask(
        merchant,
        filed,
        values={"roles": ["merchant", "manufacturer"]},
        numbers={"phone.contact": "13800009999"},
    )
    decide(staff, change)
    (line,) = selectors.history_of(filed.pk)
    assert [(cell.label, cell.before, cell.after) for cell in line.cells] == [
        ("主体类型", "市场经营户", "市场经营户、生产企业"),
        ("联系电话", "138****1234", "138****9999"),
    ]


def test_granting_changes_the_filing_once_and_leaves_a_trail(merchant: Any, staff: Any, filed: Party) -> None:
    change = ask(merchant, filed, numbers={"phone.contact": "13800009999"})
    assert selectors.change_page(change.pk, staff).case.waits_for  # type: ignore[union-attr]
    decided = decide(staff, change)
    filed.refresh_from_db()
    assert (decided.state, decided.decided_by, filed.address, filed.revision) == (
        "approved",
        staff.username,
        "新摊位 3 号",
        2,
    )
    held = Identifier.objects.get(party=filed, kind="phone", holder="contact")
    assert (held.masked, unseal(held.sealed)) == ("138****9999", "13800009999")
    told = history("parties.party", str(filed.pk))
    assert "按变更申请改了" in str(told)
    assert "138****9999" in str(told)
    assert "13800009999" not in str(told)
    with pytest.raises(InputError) as said:
        decide(staff, change)
    assert said.value.status == 409


def test_refusing_needs_a_reason_and_leaves_the_filing_alone(merchant: Any, staff: Any, filed: Party) -> None:
    change = ask(merchant, filed)
    with pytest.raises(InputError, match="理由"):
        decide(staff, change, "return")
    decided = decide(staff, change, "return", reason="地址证明不清楚")
    filed.refresh_from_db()
    assert (decided.state, decided.decision_reason, filed.address, filed.revision) == (
        "returned",
        "地址证明不清楚",
        "",
        1,
    )
    assert ask(merchant, filed).state == "submitted"


def test_a_party_takes_its_request_back(merchant: Any, filed: Party) -> None:
    change = ask(merchant, filed)
    assert decide(merchant, change, "withdraw").state == "cancelled"
    assert workflow.case(events.change_subject(change)).finished  # type: ignore[union-attr]


def test_PTY_104_one_open_request_of_a_kind(merchant: Any, filed: Party) -> None:  # noqa: N802
    ask(merchant, filed)
    with pytest.raises(InputError, match="PTY-104"):
        ask(merchant, filed, values={"contact": "李四"})


def test_PTY_107_a_filing_that_moved_on_is_not_changed(merchant: Any, staff: Any, filed: Party) -> None:  # noqa: N802
    change = ask(merchant, filed)
    Party.objects.filter(pk=filed.pk).update(revision=2, address="别处")
    with pytest.raises(InputError, match=r"第 2 次修订（地址）.*PTY-107"):
        decide(staff, change)
    filed.refresh_from_db()
    change.refresh_from_db()
    assert (filed.address, change.state) == ("别处", "submitted")
    with pytest.raises(InputError, match="已经改过"):
        decide(merchant, change, "withdraw")
        ask(merchant, filed, expected=1)


def test_PTY_108_who_asked_does_not_grant(filed: Party, staff: Any) -> None:  # noqa: N802
    change = ask(staff, filed)
    with pytest.raises(InputError, match="PTY-108"):
        decide(staff, change)
    other = person(Role.STF, username="other", sections=("SC",))
    assert decide(other, change).state == "approved"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"values": {}}, "PTY-102"),
        ({"values": {"credit_code": "91130684MA0000000X"}}, "PTY-103"),
        ({"values": {"email": "不是邮箱"}}, "电子邮箱"),
        ({"values": {"name": ""}}, "名称"),
        ({"values": {"name": "长" * 101}}, "名称"),
        ({"values": {"roles": ["king"]}}, "主体类型"),
        ({"values": {"chapters": ["420"]}}, "商品章"),
        ({"values": {"country": "cn"}}, "国别"),
        ({"values": {"registered_capital": "很多"}}, "注册资本"),
        ({"values": {"registered_capital": "-1"}}, "注册资本"),
        ({"numbers": {"resident_id.legal_person": "110105194912310021"}}, "身份证号"),
        ({"numbers": {"phone.contact": "abc"}}, "联系电话"),
        ({"reason": "  "}, "理由"),
    ],
)
def test_bad_input_stores_nothing(merchant: Any, filed: Party, more: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        ask(merchant, filed, **more)
    assert not ChangeRequest.objects.exists()


def test_renewal_prolongs_from_the_old_end_or_from_today(merchant: Any, staff: Any) -> None:
    today = timezone.localdate()
    soon = party(organisation=merchant.organisation, valid_to=today + timedelta(days=60))
    gone = party("过期商行", organisation=merchant.organisation, valid_to=today - timedelta(days=10))
    early = party("早着呢", organisation=merchant.organisation, valid_to=today + timedelta(days=61))
    with as_(merchant):
        for each in (soon, gone):
            services.request_renewal(actor=merchant, party_id=each.pk, expected=1)
        with pytest.raises(InputError, match="PTY-105"):
            services.request_renewal(actor=merchant, party_id=early.pk, expected=1)
    for change in ChangeRequest.objects.filter(kind="renewal"):
        decide(staff, change)
    soon.refresh_from_db()
    gone.refresh_from_db()
    old = today + timedelta(days=60)
    assert (soon.valid_to.year, soon.valid_to.month) == (old.year + 2, old.month)  # type: ignore[union-attr]
    assert gone.valid_to is not None
    assert gone.valid_to.year == today.year + 2
    assert selectors.may_act(gone.pk, on=today)


def test_an_agent_a_stranger_and_other_sections_touch_nothing(merchant: Any, filed: Party) -> None:
    change = ask(merchant, filed)
    agent = person(Role.AGT, "A1")
    agreement(filed, party("好运外贸", roles=["agent"], organisation=agent.organisation))
    others = [agent, person(Role.MER, "M2"), person(Role.STF, username="elsewhere", sections=("WM",))]
    for other in others:
        with as_(other):
            assert list(selectors.change_rows()) == []
            for deed in (
                lambda other=other: services.request_change(
                    actor=other, party_id=filed.pk, values={"address": "x"}, reason="x", expected=1
                ),
                lambda other=other: services.decide_change(
                    actor=other, change_id=change.pk, transition="withdraw"
                ),
                lambda other=other: selectors.change_page(change.pk, other),
                lambda: selectors.change_start(filed.pk),
            ):
                with pytest.raises(InputError) as said:
                    deed()
                assert said.value.status == 404
    with as_(person(Role.AUD)) as auditor:
        assert [each.pk for each in selectors.change_rows()] == [change.pk]
        with pytest.raises(PermissionDenied):
            services.decide_change(actor=auditor, change_id=change.pk, transition="approve")
    with as_(merchant), pytest.raises(PermissionDenied):
        services.decide_change(actor=merchant, change_id=change.pk, transition="approve")
    assert ChangeRequest.objects.get().state == "submitted"


def test_lists_do_not_ask_more_for_more(merchant: Any, django_assert_num_queries: Any) -> None:
    for number in range(3):
        ask(merchant, party(f"商行{number}", organisation=merchant.organisation))
    with django_assert_num_queries(1):
        assert len([each.party.name for each in selectors.change_rows(text="商行")]) == 3
    assert organisation("M1") == merchant.organisation


def test_numbers_in_requests_are_sealed_anew(
    merchant: Any, filed: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUJU_FIELD_KEY", "a" * 40)
    change = ask(merchant, filed, numbers={"phone.contact": "13800009999"})
    before = change.after["phone.contact"]
    monkeypatch.setenv("YOUJU_FIELD_KEY", f"{'b' * 40},{'a' * 40}")
    assert reseal_requests() == 1
    monkeypatch.setenv("YOUJU_FIELD_KEY", "b" * 40)
    change.refresh_from_db()
    after = change.after["phone.contact"]
    assert unseal(after["sealed"]) == "13800009999"
    assert after["fingerprint"] != before["fingerprint"]

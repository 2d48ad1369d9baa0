"""Suspension, expiry and what follows: who may act, what stands on a party, what the agent sees, the nightly reminders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from trade_made_changes import agreement, paper, party
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import jobs, selectors, services
from youju.trade.parties.models import Party, Reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Any:
    return person(Role.STF, sections=("SC",))


def step(actor: Any, filed: Party, transition: str, **more: Any) -> Party:
    with as_(actor):
        return services.change_standing(
            actor=actor, party_id=filed.pk, transition=transition, **({"reason": "核查"} | more)
        )


def test_suspending_and_resuming_decides_who_may_act(staff: Any) -> None:
    filed, today = party(), timezone.localdate()
    assert selectors.may_act(filed.pk, on=today)
    assert step(staff, filed, "suspend").state == "suspended"
    standing = selectors.may_act(filed.pk, on=today)
    assert (standing.ok, standing.rule) == (False, "PTY-141")
    assert "已暂停" in standing.reason
    assert "核查" in str(history("parties.party", str(filed.pk)))
    step(staff, filed, "resume")
    assert selectors.may_act(filed.pk, on=today)
    step(staff, filed, "cancel")
    assert "已注销" in selectors.may_act(filed.pk, on=today).reason


def test_an_expired_a_merged_and_an_unknown_party_may_not_act() -> None:
    today = timezone.localdate()
    ends = party("到期户", valid_to=today)
    kept = party("保留户")
    given_up = party("并入户", merged_into=kept)
    assert selectors.may_act(ends.pk, on=today)
    late = selectors.may_act(ends.pk, on=today + timedelta(days=1))
    assert (late.ok, late.rule) == (False, "PTY-142")
    assert "到期" in late.reason
    merged = selectors.may_act(given_up.pk, on=today)
    assert merged.rule == "PTY-143"
    assert "保留户" in merged.reason
    assert not selectors.may_act(10**9, on=today)


def test_a_partner_is_judged_across_the_wall_and_many_in_one_query(django_assert_num_queries: Any) -> None:
    today = timezone.localdate()
    rows = [
        party(f"户{number}", state=state) for number, state in enumerate(("approved", "suspended", "draft"))
    ]
    with as_(person(Role.MER, "M1")):
        assert not Party.objects.exists()
        selectors.may_act(rows[0].pk, on=today)  # the connection learns who asks
        with django_assert_num_queries(1):
            found = selectors.standings([row.pk for row in rows], on=today)
    assert [bool(found[row.pk]) for row in rows] == [True, False, False]
    with as_(person(Role.ADM)):
        assert not selectors.may_act(rows[0].pk, on=today)


def test_a_suspended_agent_no_longer_sees_its_principals(staff: Any) -> None:
    agent = person(Role.AGT, "A1")
    acting = party("好运外贸", roles=["agent"], organisation=agent.organisation)
    principal = party("委托户")
    agreement(principal, acting)
    with as_(agent):
        assert Party.objects.filter(pk=principal.pk).exists()
    step(staff, acting, "suspend")
    with as_(agent):
        assert not Party.objects.filter(pk=principal.pk).exists()
    step(staff, acting, "resume")
    with as_(agent):
        assert Party.objects.filter(pk=principal.pk).exists()


def test_effects_are_listed_with_the_rooms_above(staff: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from youju.trade.parties.services import moving

    monkeypatch.setattr(moving, "_movers", dict(moving._movers))
    services.register_mover(
        "test", "商品", move=lambda *_: {}, move_back=lambda _: None, count=lambda party_id: 7
    )
    filed = party()
    agreement(party("委托户"), filed)
    paper(filed)
    with as_(staff):
        page = services.preview_standing(actor=staff, party_id=filed.pk, step="suspend")
    told = "".join(page.effects)
    for words in ("1 份生效协议停止起作用", "商品 7 条", "备案材料 1 条"):
        assert words in told


def test_PTY_123_a_party_with_an_open_change_is_not_cancelled(staff: Any) -> None:  # noqa: N802
    filed = party()
    with as_(staff):
        services.request_change(
            actor=staff, party_id=filed.pk, values={"address": "x"}, reason="x", expected=1
        )
    with pytest.raises(InputError, match="PTY-123"):
        step(staff, filed, "cancel")
    assert step(staff, filed, "suspend").state == "suspended"


def test_who_may_not_suspend(staff: Any) -> None:
    filed = party()
    for role in (Role.MER, Role.AGT, Role.AUD, Role.FIN, Role.PFO, Role.ADM):
        with pytest.raises(PermissionDenied):
            step(person(role), filed, "suspend")
    with pytest.raises(InputError) as said:
        step(person(Role.STF, username="wm", sections=("WM",)), filed, "suspend")
    assert said.value.status == 404
    for wrong in ({"transition": "fly"}, {"transition": "resume"}, {"transition": "suspend", "reason": " "}):
        with pytest.raises(InputError):
            step(staff, filed, **wrong)
    with pytest.raises(InputError):
        step(staff, party("并入户", merged_into=filed), "suspend")
    filed.refresh_from_db()
    assert filed.state == "approved"


def test_reminders_are_made_once_and_closed_when_mended(staff: Any) -> None:
    today = timezone.localdate()
    soon = party("快到期", valid_to=today + timedelta(days=30))
    gone = party("已到期", valid_to=today - timedelta(days=1))
    party("还早", valid_to=today + timedelta(days=31))
    party("已注销", state="cancelled", valid_to=today)
    licence = paper(soon, "营业执照", valid_to=today + timedelta(days=3))
    replaced = paper(soon, "授权书", valid_to=today)
    paper(soon, "授权书", valid_to=today + timedelta(days=400))
    assert jobs.remind_of_ends() == {"made": 3, "closed": 0}
    assert jobs.remind_of_ends() == {"made": 0, "closed": 0}
    found = {(each.party_id, each.paper_id) for each in selectors.reminder_rows()}
    assert found == {(soon.pk, None), (gone.pk, None), (soon.pk, licence.pk)}
    assert replaced.pk not in {paper_id for _, paper_id in found}
    assert [each.party_id for each in selectors.reminder_rows(only="ended")] == [gone.pk]
    Party.objects.filter(pk=gone.pk).update(valid_to=today + timedelta(days=700))
    paper(soon, "营业执照", valid_to=None)
    assert jobs.remind_of_ends() == {"made": 0, "closed": 2}
    assert {each.party_id for each in selectors.reminder_rows()} == {soon.pk}


def test_a_reminder_comes_again_when_its_party_does() -> None:
    today = timezone.localdate()
    filed, kept = party(valid_to=today), party("保留户")
    jobs.remind_of_ends()
    Party.objects.filter(pk=filed.pk).update(merged_into=kept)
    assert jobs.remind_of_ends()["closed"] == 1
    Party.objects.filter(pk=filed.pk).update(merged_into=None)
    jobs.remind_of_ends()
    assert selectors.reminder_rows().count() == 1
    assert Reminder.objects.count() == 1


def test_everybody_is_reminded_of_what_is_theirs(django_assert_num_queries: Any) -> None:
    today = timezone.localdate()
    merchant = person(Role.MER, "M1")
    for number in range(7):
        party(f"户{number}", organisation=merchant.organisation, valid_to=today + timedelta(days=number - 1))
    jobs.remind_of_ends()
    with as_(merchant):
        selectors.reminder_rows().count()
        with django_assert_num_queries(2):
            waiting = selectors.reminders_for(merchant)
    assert (len(waiting.first), waiting.total, waiting.ended) == (5, 7, 1)
    for other, total in (
        (person(Role.STF, sections=("SC",)), 7),
        (person(Role.HED), 7),
        (person(Role.AUD), 7),
        (person(Role.STF, username="wm", sections=("WM",)), 0),
        (person(Role.MER, "M2"), 0),
        (person(Role.BUY, "B1"), 0),
        (person(Role.ADM), 0),
    ):
        with as_(other):
            assert selectors.reminders_for(other).total == total, other.username

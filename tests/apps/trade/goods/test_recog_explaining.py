"""Soft findings: explained by the merchant, confirmed by an officer where the policy says so, never by oneself."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from trade_made_recog import BAG, CHARCOAL, DRIED, good, merchant, tariff
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import selectors, services
from youju.trade.goods.models import Decision, Good

pytestmark = pytest.mark.django_db


@pytest.fixture
def bag() -> Good:
    """Sold by the box: nobody knows how many pieces a box holds (REC-018, which no officer confirms)."""
    tariff()
    return good(merchant(), unit="箱")


@pytest.fixture
def inspected() -> Good:
    """Under inspection (REC-007): an officer confirms."""
    tariff()
    return good(merchant(), hs_code=DRIED, name="尼龙背包")


def explained(row: Good, text: str = "每箱 20 个") -> Decision:
    with as_(person(Role.MER)) as actor:
        services.recognise_good(actor=actor, number=row.number)
        return services.explain_good(actor=actor, number=row.number, text=text)


def test_an_explanation_that_needs_no_officer_is_accepted_at_once(bag: Good) -> None:
    made = explained(bag)
    bag.refresh_from_db()
    assert (made.outcome, made.step, made.explanation) == ("explain", "accepted", "每箱 20 个")
    assert (bag.state, bag.explanation) == ("explained", "每箱 20 个")
    assert not selectors.waiting().exists()


def test_it_stands_as_long_as_good_and_findings_are_the_same(bag: Good) -> None:
    explained(bag)
    user = Decision.objects.latest("pk").explained_by
    with as_(_user(user)) as actor:
        again = services.recognise_good(actor=actor, number=bag.number)
        assert (again.step, again.explanation) == ("accepted", "每箱 20 个")
        Good.objects.filter(pk=bag.pk).update(name="不锈钢保温杯")
        assert services.recognise_good(actor=actor, number=bag.number).step == "rules"
    bag.refresh_from_db()
    assert bag.state == "outdated"


def test_a_changed_good_asks_anew(bag: Good) -> None:
    made = explained(bag)
    Good.objects.filter(pk=bag.pk).update(revision=1, state="draft")
    with as_(_user(made.explained_by)) as actor:
        assert services.recognise_good(actor=actor, number=bag.number).step == "rules"
    bag.refresh_from_db()
    assert bag.state == "draft"


def test_an_officer_confirms_and_the_good_is_recognised(inspected: Good) -> None:
    waiting = explained(inspected, "由供货商报检")
    inspected.refresh_from_db()
    assert (waiting.step, inspected.state) == ("waits", "draft")
    assert [row.pk for row in selectors.waiting()] == [waiting.pk]
    with as_(person(Role.STF)) as officer:
        made = services.judge_explanation(
            actor=officer, number=inspected.number, decision_id=waiting.pk, accept=True
        )
    inspected.refresh_from_db()
    assert (inspected.state, made.step, made.facts) == ("explained", "accepted", waiting.facts)
    assert not selectors.waiting().exists()


def test_an_officer_rejects_with_a_reason_and_recognising_again_changes_nothing(inspected: Good) -> None:
    waiting = explained(inspected)
    with as_(person(Role.STF)) as officer:
        args = {"actor": officer, "number": inspected.number, "decision_id": waiting.pk, "accept": False}
        with pytest.raises(InputError, match="须写明理由"):
            services.judge_explanation(**args)
        services.judge_explanation(**args, comment="没有报检凭据")
        with pytest.raises(InputError, match="已经办理"):
            services.judge_explanation(**args, comment="再来")
    with as_(_user(waiting.explained_by)) as actor:
        again = services.recognise_good(actor=actor, number=inspected.number)
        assert (again.step, again.comment) == ("rejected", "没有报检凭据")
        inspected.refresh_from_db()
        assert inspected.state == "refused"
        # A new explanation goes before an officer again.
        assert services.explain_good(actor=actor, number=inspected.number, text="补上凭据").step == "waits"


def test_nobody_confirms_what_he_explained_or_registered(inspected: Good) -> None:
    with as_(person(Role.STF)) as officer:
        services.recognise_good(actor=officer, number=inspected.number)
        waiting = services.explain_good(actor=officer, number=inspected.number, text="柜台代办")
        with pytest.raises(PermissionDenied, match="由别人确认"):
            services.judge_explanation(
                actor=officer, number=inspected.number, decision_id=waiting.pk, accept=True
            )
    Good.objects.filter(pk=inspected.pk).update(created_by="stf-2")
    with as_(person(Role.STF, username="stf-2")) as other, pytest.raises(PermissionDenied):
        services.judge_explanation(actor=other, number=inspected.number, decision_id=waiting.pk, accept=True)


def test_a_merchant_confirms_nothing(inspected: Good) -> None:
    waiting = explained(inspected)
    with as_(_user(waiting.explained_by)) as actor, pytest.raises(PermissionDenied):
        services.judge_explanation(actor=actor, number=inspected.number, decision_id=waiting.pk, accept=True)


@pytest.mark.parametrize(("text", "why"), [(" ", "没有写说明"), ("字" * 501, "至多 500 个")])
def test_a_blank_or_long_explanation_is_refused(bag: Good, text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        explained(bag, text)


@pytest.mark.parametrize(("code", "name", "unit"), [(CHARCOAL, "木炭", "千克"), (BAG, "手提包", "个")])
def test_what_is_refused_or_recognised_is_not_explained(code: str, name: str, unit: str) -> None:
    tariff()
    row = good(merchant(), hs_code=code, name=name, unit=unit)
    with pytest.raises(InputError, match="没有需要说明"):
        explained(row)


def _user(username: str) -> object:
    from youju.foundation.identity.models import User

    return User.objects.select_related("organisation").get(username=username)

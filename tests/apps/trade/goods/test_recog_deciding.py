"""Deciding: what is kept, what follows, who may, and how many queries it takes."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trade_made_recog import BAG, CHARCOAL, DRIED, DUTY, LINES, OLD, good, merchant, tariff
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import policy_hash
from youju.rules.trade.goods.codec import from_json
from youju.trade.goods import services
from youju.trade.goods.models import Decision

pytestmark = pytest.mark.django_db


def test_a_decision_keeps_facts_law_tariff_and_the_state_follows() -> None:
    version = tariff()
    row = good(merchant())
    with as_(person(Role.MER)) as actor:
        decision = services.recognise_good(actor=actor, number=row.number)
    row.refresh_from_db()
    assert (decision.outcome, row.state, decision.step) == ("recognised", "recognised", "rules")
    assert (decision.as_of, decision.policy_hash) == (timezone.localdate(), policy_hash())
    assert (decision.tariff, decision.good_revision, decision.decided_by) == (version, 0, actor.username)
    facts = from_json(decision.facts)
    assert facts.tariff.line is not None
    assert facts.tariff.line.heading == "衣箱、提箱、手提包"
    assert facts.tariff.line.elements == ("品名", "材质")
    assert facts.party.chapters == ("42", "44")


def test_a_refusal_names_its_rule_and_leaves_an_entry() -> None:
    tariff()
    row = good(merchant(), hs_code=CHARCOAL, name="木炭", unit="千克")
    with as_(person(Role.MER)) as actor:
        decision = services.recognise_good(actor=actor, number=row.number)
    row.refresh_from_db()
    assert (decision.outcome, row.state) == ("refused", "refused")
    assert "REC-004" in decision.rule_ids
    (line,) = history("goods.good", str(row.pk)).lines
    assert "认定" in line.deed
    assert [(each.name, each.after) for each in line.changes if each.name == "状态"] == [("状态", "refused")]


def test_expired_and_coming_codes_are_told_apart() -> None:
    tariff("2025 年税则", date(2020, 1, 1), valid_to=date(2026, 1, 1), lines=({**LINES[0], "code": OLD},))
    tariff("2026 年税则", date(2026, 1, 1), valid_to=date(2090, 1, 1))
    tariff("2090 年税则", date(2090, 1, 1), lines=({**LINES[0], "code": "4202220009"},))
    party = merchant()
    rows = [
        good(party, "A", hs_code=OLD),
        good(party, "B", hs_code="4202220009"),
        good(party, "C", hs_code="4203000000"),
    ]
    with as_(person(Role.MER)) as actor:
        services.recognise_bulk(actor=actor)
    said = {row.number: row.decisions.get() for row in rows}
    assert [said[each].rule_ids[0] for each in "ABC"] == ["REC-002", "REC-003", "REC-001"]
    assert BAG in said["A"].findings[0]["suggestion"]
    assert "2025-12-31" in said["A"].findings[0]["message"]


def test_decisions_are_never_changed() -> None:
    tariff()
    row = good(merchant())
    with as_(person(Role.MER)) as actor:
        decision = services.recognise_good(actor=actor, number=row.number)
    with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(outcome="refused")


def test_nothing_is_decided_without_a_tariff() -> None:
    row = good(merchant())
    with as_(person(Role.MER)) as actor, pytest.raises(InputError, match="没有有效的税则版本"):
        services.recognise_good(actor=actor, number=row.number)


@pytest.mark.parametrize("role", [Role.AUD, Role.HED, Role.BUY, Role.PFO, Role.ADM])
def test_who_may_not_edit_goods_may_not_have_them_decided(role: Role) -> None:
    tariff()
    row = good(merchant())
    with as_(person(role)) as actor, pytest.raises(PermissionDenied):
        services.recognise_good(actor=actor, number=row.number)
    assert not Decision.objects.exists()


def test_a_foreign_good_is_not_there() -> None:
    tariff()
    row = good(merchant("O-1"))
    with as_(person(Role.MER, "O-2")) as actor, pytest.raises(InputError, match="没有这件商品"):
        services.recognise_good(actor=actor, number=row.number)


def test_a_withdrawn_good_is_left_alone() -> None:
    tariff()
    row = good(merchant(), state="withdrawn")
    with as_(person(Role.MER)) as actor, pytest.raises(InputError, match="已下架"):
        services.recognise_good(actor=actor, number=row.number)


KINDS = ((BAG, "聚酯纤维女式手提包"), (DRIED, "尼龙背包"), (DUTY, "牛皮钱包"), ("4202229999", "手提包"))


def test_the_number_of_queries_does_not_grow_with_the_goods() -> None:
    tariff()
    party, counts = merchant(), []
    with as_(person(Role.MER)) as actor:
        for size in (4, 40):
            for number in range(size):
                code, name = KINDS[number % 4]
                good(party, f"{size}-{number}", hs_code=code, name=name)
            wanted = [f"{size}-{number}" for number in range(size)]
            with CaptureQueriesContext(connection) as seen:
                assert sum(services.recognise_bulk(actor=actor, numbers=wanted).values()) == size
            counts.append(len(seen))
    assert counts[0] == counts[1] <= 20


def test_bulk_takes_what_is_named_or_what_is_undecided() -> None:
    tariff()
    party = merchant()
    good(party, "A")
    good(party, "B", state="recognised")
    with as_(person(Role.MER)) as actor:
        assert services.recognise_bulk(actor=actor, numbers=["B"]) == {"recognised": 1}
        assert services.recognise_bulk(actor=actor) == {"recognised": 1}
        assert services.recognise_bulk(actor=actor) == {}
        with pytest.raises(InputError, match="没有商品 C"):
            services.recognise_bulk(actor=actor, numbers=["A", "C"])

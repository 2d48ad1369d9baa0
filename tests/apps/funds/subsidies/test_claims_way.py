"""The way of an application: from the draft to the award, and every refusal on it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from claims_made import (
    ACCOUNT,
    PDF,
    Centre,
    awarded,
    begun,
    certified,
    filled,
    firm,
    over,
    passed,
    policies,
    policy,
    reviewed,
    shown,
    submitted,
)
from trade_people import as_, person
from youju.foundation.audit.models import Entry
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import acting, reaching_all
from youju.foundation.kernel.errors import InputError
from youju.funds.subsidies import services
from youju.funds.subsidies.models import Application, Award, AwardRound, Computation, CountedLine, ListVersion
from youju.funds.subsidies.services import ClaimRefusedError
from youju.rules.funds.claims.lifecycle import CLAIM_KIND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policies():
    with reaching_all(), policies():
        yield


@pytest.fixture
def centre() -> Centre:
    return Centre()


def test_the_amount_is_computed_from_released_declarations_with_lineage() -> None:
    row = begun(firm("", 10_000, 2_500))
    assert row.amount == Decimal("625.00")
    with reaching_all():
        lines = list(CountedLine.objects.filter(application=row))
        computation = Computation.objects.get(application=row)
    assert sorted(line.value_usd for line in lines) == [Decimal(2500), Decimal(10000)]
    assert all(line.container and line.teu > 0 for line in lines)
    assert computation.lines[0]["reference"] == "测试第一条"
    assert "625.00 元" in computation.lines[0]["sentence"]
    assert len(computation.lines[0]["counted"]) == 2
    assert computation.policy_hash == row.policy_hash


def test_from_draft_to_award(centre: Centre) -> None:
    one, two = firm("A", 10_000), firm("B", 4_000)
    row = awarded(centre, one, two)
    with reaching_all():
        awards = {each.application.party_name: each for each in Award.objects.select_related("application")}
        assert {name: each.amount for name, each in awards.items()} == {
            one.party.name: Decimal("500.00"),
            two.party.name: Decimal("200.00"),
        }
        assert row.state == "awarded"
        assert {each.state for each in Application.objects.all()} == {"awarded"}
        number = awards[one.party.name].application.number
        verbs = set(
            Entry.objects.filter(subject_kind=CLAIM_KIND, subject_key=number).values_list("verb", flat=True)
        )
    assert {"subsidies.claim.award", "subsidies.claim.opinion_given", "subsidies.claim.computed"} <= verbs


def test_the_budget_is_shared_out_to_the_cent(centre: Centre) -> None:
    with policies(policy(budget="100.01")):
        row = awarded(centre, firm("A", 10_000), firm("B", 5_000), firm("C", 3_333))
    with reaching_all():
        given = [each.amount for each in Award.objects.order_by("pk")]
        assert sum(given) == Decimal("100.01")
        assert given[0] > given[1] > given[2]
        assert row.budget == Decimal("100.01")


def test_who_filled_in_does_not_sign_off() -> None:
    of = firm()
    row = filled(of)
    with as_(of.clerk) as user, pytest.raises(ClaimRefusedError) as refused:
        services.certify_claim(actor=user, number=row.number, revision=row.revision)
    assert [each.rule for each in refused.value.findings] == ["CLM-002"]


def test_a_single_person_may_sign_off() -> None:
    of = firm()
    row = filled(of)
    of.boss.is_active = False
    of.boss.save()
    with as_(of.clerk) as user:
        assert (
            services.certify_claim(actor=user, number=row.number, revision=row.revision).state == "certified"
        )


def test_nothing_is_certified_without_account_and_papers() -> None:
    of = firm()
    row = begun(of)
    with as_(of.boss) as user, pytest.raises(ClaimRefusedError) as refused:
        services.certify_claim(actor=user, number=row.number, revision=row.revision)
    assert {each.rule for each in refused.value.findings} == {"SUB-006", "CLM-003"}


def test_another_revision_is_not_signed_off() -> None:
    of = firm()
    row = filled(of)
    with as_(of.boss) as user, pytest.raises(InputError, match="刚被改过"):
        services.certify_claim(actor=user, number=row.number, revision=row.revision - 1)


def test_a_policy_is_applied_for_once() -> None:
    of = firm()
    row = begun(of)
    with as_(of.clerk) as user, pytest.raises(InputError, match=row.number) as refused:
        services.begin_claim(actor=user, policy="test-flat", party_id=of.party.pk)
    assert refused.value.status == 409


def test_nobody_applies_for_another() -> None:
    mine, theirs = firm("A"), firm("B")
    with as_(mine.clerk) as user, pytest.raises(PermissionDenied):
        services.begin_claim(actor=user, policy="test-flat", party_id=theirs.party.pk)


def test_outside_the_filing_window_nothing_begins() -> None:
    of = firm()
    with (
        policies(policy(filing={"from": "2024-01-01", "to": "2024-02-01"})),
        pytest.raises(InputError) as refused,
    ):
        begun(of)
    assert refused.value.where == "SUB-004"


def test_what_is_signed_off_does_not_change_until_it_is_opened_again() -> None:
    of = firm()
    row = certified(of)
    with as_(of.clerk) as user:
        with pytest.raises(InputError, match="不能修改"):
            services.save_claim(actor=user, number=row.number, account=ACCOUNT)
        row = services.take_claim_step(actor=user, number=row.number, step="reopen")
        assert (row.state, row.certified_by) == ("draft", "")


def test_the_same_person_does_not_review_and_recheck(centre: Centre) -> None:
    centre.staff.roles = ["STF", "FIN"]
    centre.staff.save()
    row = reviewed(firm(), centre)
    with as_(centre.staff) as user, pytest.raises(PermissionDenied):
        services.review_claim(actor=user, number=row.number, step="confirm", no_conflict=True)


def test_a_reviewer_declares_first(centre: Centre) -> None:
    row = submitted(firm())
    with as_(centre.staff) as user:
        services.review_claim(actor=user, number=row.number, step="accept")
        with pytest.raises(ClaimRefusedError) as refused:
            services.review_claim(actor=user, number=row.number, step="pass")
    assert [each.rule for each in refused.value.findings] == ["CLM-009"]


def test_who_declares_a_conflict_keeps_out(centre: Centre) -> None:
    row = submitted(firm())
    with as_(centre.staff) as user:
        services.declare_conflict(actor=user, number=row.number, reason="申请人是本人亲属")
        with pytest.raises(PermissionDenied, match="CLM-008"):
            services.review_claim(actor=user, number=row.number, step="accept")
    other = person(Role.STF, username="stf-2")
    with as_(other):
        assert services.review_claim(actor=other, number=row.number, step="accept").state == "reviewing"


def test_a_return_has_its_reason_and_begins_anew(centre: Centre) -> None:
    of = firm()
    row = submitted(of)
    with as_(centre.staff) as user:
        with pytest.raises(InputError, match="理由"):
            services.review_claim(actor=user, number=row.number, step="return", no_conflict=True)
        services.review_claim(
            actor=user, number=row.number, step="return", reason="申请表没有盖章", no_conflict=True
        )
    with as_(of.clerk) as user:
        services.take_claim_step(actor=user, number=row.number, step="reopen")
        services.add_paper(actor=user, number=row.number, code="application", name="新.pdf", content=PDF)
    with as_(of.boss) as user:
        row = Application.objects.get(pk=row.pk)
        services.certify_claim(actor=user, number=row.number, revision=row.revision)
        assert services.submit_claim(actor=user, number=row.number).state == "submitted"


def test_finance_sends_back_to_the_first_review(centre: Centre) -> None:
    row = reviewed(firm(), centre)
    with as_(centre.finance) as user:
        row = services.review_claim(
            actor=user, number=row.number, step="send_back", reason="请核对账户", no_conflict=True
        )
    assert row.state == "reviewing"


def test_a_changed_record_changes_the_amount_and_shows_the_difference(centre: Centre) -> None:
    of = firm("", 10_000)
    row = submitted(of)
    from claims_made import released

    released(of.deal, 2_000)
    with as_(centre.staff) as user:
        services.review_claim(actor=user, number=row.number, step="accept")
        row = services.review_claim(actor=user, number=row.number, step="pass", no_conflict=True)
        assert row.amount == Decimal("600.00")
        assert row.computations.order_by("-pk").first().difference == Decimal("100.00")
        assert row.lines.count() == 2


def test_a_withdrawn_one_makes_room_for_another(centre: Centre) -> None:
    of = firm()
    row = submitted(of)
    with as_(of.clerk) as user:
        services.take_claim_step(actor=user, number=row.number, step="withdraw", reason="填错了")
    again = begun(of)
    assert again.number != row.number
    assert again.account_masked == row.account_masked  # prefilled from the last one


def test_a_list_is_not_cleared_before_its_days_are_over(centre: Centre) -> None:
    row = shown(centre, firm())
    with as_(centre.staff) as user, pytest.raises(ClaimRefusedError) as refused:
        services.clear_round(actor=user, number=row.number)
    assert [each.rule for each in refused.value.findings] == ["CLM-012"]


def test_a_list_that_was_tampered_with_is_not_cleared(centre: Centre) -> None:
    row = shown(centre, firm())
    over(row)
    with reaching_all():
        row.lines.update(amount=Decimal("1.00"))
    with as_(centre.staff) as user, pytest.raises(ClaimRefusedError) as refused:
        services.clear_round(actor=user, number=row.number)
    assert [each.rule for each in refused.value.findings] == ["CLM-014"]


def test_who_publicised_does_not_decide(centre: Centre) -> None:
    centre.staff.roles = ["STF", "HED"]
    centre.staff.save()
    row = shown(centre, firm())
    over(row)
    with as_(centre.staff) as user:
        services.clear_round(actor=user, number=row.number)
        with pytest.raises(PermissionDenied):
            services.award_round(actor=user, number=row.number, list_hash=row.list_hash)


def test_an_upheld_objection_takes_the_line_out_and_shows_a_new_list(centre: Centre) -> None:
    one, two = firm("A", 10_000), firm("B", 4_000)
    row = shown(centre, one, two)
    first = row.list_hash
    with acting(reads="", writes=""):  # a stranger
        objection = services.object_to_list(
            number=row.number,
            line=2,
            name="王某",
            contact="13800001234",
            text="该户的集装箱与别家重复申报，请核实。",
        )
    over(row)
    with as_(centre.staff) as user:
        with pytest.raises(ClaimRefusedError) as refused:
            services.clear_round(actor=user, number=row.number)
        assert "CLM-013" in {each.rule for each in refused.value.findings}
        services.decide_objection(
            actor=user, number=objection.number, uphold=True, reply="经核实，重复申报属实。"
        )
    with reaching_all():
        row = AwardRound.objects.get(pk=row.pk)
        assert (row.version, row.state) == (2, "shown")
        assert row.list_hash != first
        assert [each.hash for each in ListVersion.objects.order_by("version")] == [first, row.list_hash]
        assert {each.party_name: each.state for each in Application.objects.all()} == {
            one.party.name: "publicised",
            two.party.name: "struck",
        }


def test_a_dismissed_objection_leaves_the_list(centre: Centre) -> None:
    row = shown(centre, firm())
    objection = services.object_to_list(
        number=row.number, line=0, name="王某", contact="a@example.com", text="对整份名单的计算办法有疑问。"
    )
    with as_(centre.staff) as user:
        done = services.decide_objection(
            actor=user, number=objection.number, uphold=False, reply="计算符合办法。"
        )
        assert services.show_contact(actor=user, number=objection.number) == "a@example.com"
    assert done.state == "dismissed"
    with reaching_all():
        assert AwardRound.objects.get(pk=row.pk).version == 1


def test_an_objection_names_a_line_and_says_what(centre: Centre) -> None:
    row = shown(centre, firm())
    with pytest.raises(ClaimRefusedError) as refused:
        services.object_to_list(number=row.number, line=1, name="", contact="", text="不对")
    assert [each.rule for each in refused.value.findings] == ["CLM-016"] * 3
    with pytest.raises(InputError, match="没有这一行"):
        services.object_to_list(
            number=row.number, line=9, name="王", contact="1", text="这一户的出口数量明显不对，请核实。"
        )


def test_the_head_sends_a_list_back(centre: Centre) -> None:
    row = shown(centre, firm())
    over(row)
    with as_(centre.staff) as user:
        services.clear_round(actor=user, number=row.number)
    with as_(centre.head) as user:
        services.take_round_step(actor=user, number=row.number, step="send_back", reason="再核一户")
    with as_(centre.staff) as user:
        assert services.show_list(actor=user, number=row.number).round.version == 2


def test_a_dropped_round_gives_its_applications_back(centre: Centre) -> None:
    row = passed(firm(), centre)
    with as_(centre.staff) as user:
        batch = services.open_round(actor=user, policy="test-flat")
        services.take_round_step(actor=user, number=batch.number, step="drop", reason="合并到下一批")
        assert Application.objects.get(pk=row.pk).state == "passed"
        assert services.open_round(actor=user, policy="test-flat").number != batch.number

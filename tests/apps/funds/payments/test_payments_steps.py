"""A payment on its way: who may take which step, and what the database refuses whatever code says."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from funds_made import Staff, approved, asked, due, paid, payee, project, sent, staff, stepped, through
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.secret_files import ensure_secret
from youju.funds.payments import selectors, services
from youju.funds.payments.facts import PaymentIn
from youju.funds.payments.models import Payment
from youju.funds.payments.services.accounts import reseal_all
from youju.funds.projects.models import Ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Staff:
    return staff()


def ledger(row: object) -> tuple[Decimal, Decimal]:
    found = Ledger.objects.get(project=row)
    return found.reserved, found.paid


def refused(sql: str, *arguments: object) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(caught.value)


def test_the_usual_way(team: Staff) -> None:
    row = project(team, "1000.00")
    made = approved(team, row, "400.00")
    assert (made.state, made.section_by, made.finance_by, made.approved_by) == (
        "approved", ["funds-section"], ["funds-finance"], ["funds-head"],
    )  # fmt: skip
    assert ledger(row) == (Decimal("400.00"), Decimal(0))


@pytest.mark.parametrize(
    ("step", "who"), [("review_section", "asks"), ("review", "asks"), ("approve", "asks")]
)
def test_nobody_takes_a_step_with_what_they_asked_for(team: Staff, step: str, who: str) -> None:
    user: User = getattr(team, who)
    # Somebody who holds every role all the same: duties are kept apart by the deed, not by the account.
    user.roles = ["STF", "FIN", "HED"]
    user.save()
    made = asked(team, project(team))
    if step != "review_section":
        stepped(team.section, made, "review_section")
    if step == "approve":
        stepped(team.finance, made, "review")
    with pytest.raises(PermissionDenied, match="须由不同的人办理"):
        stepped(user, made, step)


def test_the_finance_reviewer_does_not_approve(team: Staff) -> None:
    team.finance.roles = ["FIN", "HED"]
    team.finance.save()
    made = asked(team, project(team))
    stepped(team.section, made, "review_section")
    stepped(team.finance, made, "review")
    with pytest.raises(PermissionDenied, match="须由不同的人办理"):
        stepped(team.finance, made, "approve")
    assert stepped(team.head, made, "approve").state == "approved"


def test_the_database_itself_wants_four_people(team: Staff) -> None:
    made = approved(team, project(team))
    name = "UPDATE payments_payment SET {} WHERE id = %s"
    assert "signature" in refused(name.format("approved_by = '{funds-asks}'"), made.pk)
    other = asked(team, project(team))
    assert "reviewer_is_another" in refused(
        name.format("state = 'reviewed', section_by = '{funds-asks}'"), other.pk
    )
    assert "payments_payment_signed" in refused(name.format("state = 'reviewed'"), other.pk)
    stepped(team.section, other, "review_section")
    assert "finance_is_a_third" in refused(
        name.format("state = 'checked', finance_by = '{funds-section}'"), other.pk
    )
    stepped(team.finance, other, "review")
    for who in ("funds-asks", "funds-section", "funds-finance"):
        told = refused(name.format(f"state = 'approved', approved_by = '{{{who}}}'"), other.pk)
        assert "approver_is_a_fourth" in told


def test_the_database_keeps_the_way_and_what_was_reviewed(team: Staff) -> None:
    made = approved(team, project(team))
    name = "UPDATE payments_payment SET {} WHERE id = %s"
    assert "cannot go from approved to paid" in refused(
        name.format("state = 'paid', paid_on = now()"), made.pk
    )
    assert "does not change any more" in refused(name.format("amount = amount + 1"), made.pk)
    assert "does not change any more" in refused(name.format("account_masked = '1'"), made.pk)
    assert "does not change any more" in refused(name.format("account_fingerprint = '1'"), made.pk)
    assert "the bank was told: nothing" in refused(name.format("state = 'sent'"), made.pk)
    assert "never removed" in refused("DELETE FROM payments_payment WHERE id = %s", made.pk)
    done = paid(team, project(team))
    line = done.instructions.get()
    change = "UPDATE payments_instruction SET {} WHERE id = %s"
    assert "as it was sent" in refused(change.format("state = 'open', answered_on = NULL"), line.pk)
    assert "as it was sent" in refused(change.format("amount = amount * 2"), line.pk)
    assert "and the bank was told" in refused(change.format("state = 'returned'"), line.pk)
    again = (
        "INSERT INTO payments_instruction (payment_id, file_id, line, reference, amount, payee_name, account_sealed,"
        " account_masked, bank, state, reason) SELECT payment_id, file_id, 2, reference || 'x', amount, payee_name,"
        " account_sealed, account_masked, bank, 'open', '' FROM payments_instruction WHERE id = %s"
    )
    assert "one_alive" in refused(again, line.pk)


def test_the_application_may_not_write_the_ledger(team: Staff) -> None:
    row = project(team)
    from django.db.utils import ProgrammingError

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Ledger.objects.filter(project=row).update(paid=0)


def test_sent_back_it_frees_the_money_and_is_asked_for_again(team: Staff) -> None:
    row = project(team, "1000.00")
    made = asked(team, row, "400.00")
    stepped(team.section, made, "review_section")
    back = stepped(team.finance, made, "return_review", "缺发票")
    assert (back.state, back.section_by) == ("draft", [])
    assert ledger(row) == (Decimal(0), Decimal(0))
    wish = PaymentIn(row.pk, payee(), Decimal("450.00"), "办公用品，补发票", due())
    with as_(team.asks):
        again = services.revise_payment(actor=team.asks, number=made.number, wish=wish)
    assert (again.state, again.amount) == ("requested", Decimal("450.00"))
    assert ledger(row) == (Decimal("450.00"), Decimal(0))
    with as_(team.asks), pytest.raises(InputError, match="不在修改中"):
        services.revise_payment(actor=team.asks, number=made.number, wish=wish)
    assert through(team, again).state == "approved"


@pytest.mark.parametrize(
    ("steps", "last", "who"),
    [
        ([], "cancel", "asks"),
        (["review_section"], "reject_review", "finance"),
        (["review_section", "review"], "reject", "head"),
        (["review_section", "review", "approve"], "revoke", "head"),
    ],
)
def test_what_never_happens_frees_the_money(team: Staff, steps: list[str], last: str, who: str) -> None:
    row = project(team)
    made = asked(team, row)
    for step, by in zip(steps, (team.section, team.finance, team.head), strict=False):
        stepped(by, made, step)
    with pytest.raises(InputError, match="须写明理由"):
        stepped(getattr(team, who), made, last)
    done = stepped(getattr(team, who), made, last, "不需要了")
    assert done.state in {"cancelled", "rejected"}
    assert ledger(row) == (Decimal(0), Decimal(0))


def test_a_stale_page_is_refused(team: Staff) -> None:
    made = asked(team, project(team))
    with as_(team.section), pytest.raises(InputError, match="刚才有改动") as caught:
        services.step_payment(actor=team.section, number=made.number, step="review_section", revision=0)
    assert caught.value.status == 409


def test_the_page_tells_each_what_they_may_do(team: Staff, django_assert_max_num_queries: object) -> None:
    made = asked(team, project(team))
    with as_(team.asks):
        steps = {each.code: each.blocked for each in services.steps_for(actor=team.asks, number=made.number)}
    assert "须由不同的人办理" in steps["review_section"]
    assert steps["cancel"] == ""
    with django_assert_max_num_queries(14), as_(team.head):  # type: ignore[operator]
        page = selectors.payment_page(actor=team.head, number=made.number)
    assert page is not None
    assert not page.may_correct


def test_an_account_in_full_leaves_its_reason(team: Staff) -> None:
    made = asked(team, project(team), payee=payee(account="6222 0202 0000 1234 565"))
    assert made.account_masked == "6222***********4565"
    with as_(team.auditor):
        assert services.unmask(actor=team.auditor, number=made.number, reason="核对") == "6222020200001234565"
        with pytest.raises(InputError, match="须写明理由"):
            services.unmask(actor=team.auditor, number=made.number, reason=" ")
    with as_(team.head), pytest.raises(PermissionDenied):
        services.unmask(actor=team.head, number=made.number, reason="看看")


def test_a_payment_at_the_bank_is_not_cancelled(team: Staff) -> None:
    made = approved(team, project(team))
    sent(team, made)
    with pytest.raises(InputError, match="不能取消"):
        stepped(team.asks, made, "cancel", "算了")
    assert Payment.objects.get().state == "sent"


def test_the_exchange_of_keys_seals_accounts_and_files_anew(
    team: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = paid(team, project(team), payee=payee(account="6222020200001234562"))
    before = Payment.objects.get(pk=made.pk)
    monkeypatch.setenv(
        "YOUJU_FIELD_KEY", f"{'n' * 40},{os.environ.get('YOUJU_FIELD_KEY') or ensure_secret('field_key')}"
    )
    assert reseal_all() == 3
    after = Payment.objects.get(pk=made.pk)
    assert after.account_fingerprint != before.account_fingerprint
    monkeypatch.setenv("YOUJU_FIELD_KEY", "n" * 40)
    with as_(team.auditor):
        assert services.unmask(actor=team.auditor, number=made.number, reason="核对") == "6222020200001234562"
    with as_(team.cashier):
        number = made.instructions.get().file.number
        assert b"6222020200001234562" in services.hand_out(actor=team.cashier, number=number, format="csv")[1]

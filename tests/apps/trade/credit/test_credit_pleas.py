"""Appeals and repairs: asked by the party, decided by two others; the record set aside, the score made anew."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from credit_made import Book, only, scored_party
from kept import kept
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.credit.months import months_before
from youju.trade.credit import selectors, services
from youju.trade.credit.models import Plea, Score, SetAside
from youju.trade.credit.services import CreditRefusedError
from youju.trade.parties.selectors import credit_level

BOOK = Book()
REASON = "这是海关系统误发，附更正通知"
FILE = [(b"proof", "proof.txt")]


def month_ago(count: int) -> date:
    return months_before(timezone.localdate().replace(day=1), count)


@kept
def made() -> dict[str, str | int]:
    BOOK.records.clear()
    row = scored_party("甲公司", "MS-1")
    old = month_ago(8) + timedelta(days=3)
    lost = BOOK.told(row, "disputes.lost", old, "1")
    rejected = BOOK.told(row, "declarations.rejected", old, "2")
    failed = BOOK.told(row, "inspections.failed", old, "3")
    for count in (2, 1):
        month = month_ago(count)
        with only(BOOK):
            services.make_snapshot(month=month)
    for role, code, sections in ((Role.MER, "MS-1", ()), (Role.STF, "", ("SC",)), (Role.HED, "", ())):
        person(role, code, sections=sections)
    return {"party": row.pk, "lost": lost, "rejected": rejected, "failed": failed}


def people() -> dict[str, object]:
    from youju.foundation.identity.models import User

    return {user.roles[0]: user for user in User.objects.all()}


def ask(made: dict[str, str | int], which: str = "lost", kind: str = "appeal", **changes: object) -> Plea:
    given = {"reason": REASON, "files": FILE} | changes
    with as_(people()["MER"]) as user, only(BOOK):  # type: ignore[arg-type]
        return services.submit_plea(
            actor=user, kind=kind, party_id=int(made["party"]), mark=str(made[which]), **given
        )  # type: ignore[arg-type]


def step(role: str, plea: Plea, code: str, reason: str = "情况属实") -> Plea:
    with as_(people()[role]) as user, only(BOOK):  # type: ignore[arg-type]
        return services.take_plea_step(actor=user, plea_id=plea.pk, step=code, reason=reason)


def test_an_appeal_that_is_upheld_takes_the_record_out_and_scores_anew(made: dict[str, str | int]) -> None:
    first = f"{month_ago(2):%Y-%m}"
    with reaching_all():
        before = {row.snapshot.month: row.total for row in Score.objects.select_related("snapshot")}
        assert credit_level(int(made["party"])) == "C"
    plea = step("HED", step("STF", ask(made, month=first), "check"), "uphold", "误发，不应计分")
    assert plea.state == "upheld"
    with reaching_all():
        now = Score.objects.filter(current=True).select_related("snapshot")
        assert all(row.total - before[row.snapshot.month] == Decimal(4) for row in now)
        assert [row.revision for row in now] == [1, 1] and all(row.why.startswith("信用申诉") for row in now)
        assert Score.objects.filter(current=False).count() == 2
        aside = SetAside.objects.get()
        assert (aside.mark, aside.reason) == (made["lost"], "误发，不应计分")
        with only(BOOK):
            assert services.replay(month=month_ago(1)).same and services.replay(month=month_ago(2)).same
        page = selectors.plea_page(people()["HED"], plea.pk)  # type: ignore[arg-type]
    assert page.after is not None and page.before is not None and page.after.total > page.before.total
    with pytest.raises(InputError, match="没有这条记录"):
        ask(made)


def test_a_repair_counts_from_its_decision_on_the_latest_score_alone(made: dict[str, str | int]) -> None:
    plea = step("HED", step("STF", ask(made, "rejected", "repair"), "check"), "uphold")
    with reaching_all():
        revised = Score.objects.filter(current=True, revision=1).select_related("snapshot").get()
    assert plea.state == "upheld" and revised.snapshot.month == month_ago(1)


def test_the_rules_refuse_what_may_not_be_asked(made: dict[str, str | int]) -> None:
    with pytest.raises(CreditRefusedError, match="CRD-006"):
        ask(made, "failed", "repair")
    with pytest.raises(CreditRefusedError, match="CRD-003"):
        ask(made, reason="短")
    with pytest.raises(CreditRefusedError, match="CRD-003"):
        ask(made, files=())
    ask(made)
    with pytest.raises(CreditRefusedError, match="CRD-004"):
        ask(made)
    with pytest.raises(InputError, match="没有这条记录"):
        ask(made | {"lost": "disputes.lost:none"})
    with pytest.raises(InputError, match="没有这种申请"):
        ask(made, kind="wish")


def test_a_refused_or_withdrawn_plea_changes_nothing(made: dict[str, str | int]) -> None:
    refused = step("HED", step("STF", ask(made), "check"), "refuse", "记录属实")
    taken_back = step("MER", ask(made, "rejected"), "withdraw", "不申诉了")
    assert (refused.state, taken_back.state) == ("refused", "withdrawn")
    with reaching_all():
        assert not SetAside.objects.exists() and not Score.objects.filter(revision=1).exists()


def test_each_step_asks_for_its_people(made: dict[str, str | int]) -> None:
    plea = ask(made)
    with pytest.raises(PermissionDenied):
        step("MER", plea, "check")
    with pytest.raises(InputError):
        step("HED", plea, "uphold")
    with pytest.raises(InputError, match="理由"):
        step("STF", plea, "check", "")
    step("STF", plea, "check")
    with pytest.raises(PermissionDenied):
        step("STF", plea, "uphold")


def test_nobody_sees_or_appeals_what_is_another_party_s(made: dict[str, str | int]) -> None:
    plea = ask(made)
    with as_(person(Role.MER, "MS-7")) as user:
        assert list(selectors.pleas(user)) == []
        with pytest.raises(InputError) as caught:
            selectors.plea_page(user, plea.pk)
        assert caught.value.status == 404
        with pytest.raises(InputError, match="没有这个主体的得分"):
            services.submit_plea(
                actor=user, kind="appeal", party_id=int(made["party"]), mark=str(made["lost"]), reason=REASON
            )
    with as_(person(Role.AUD)) as user, pytest.raises(PermissionDenied):
        services.submit_plea(actor=user, kind="appeal", party_id=1, mark="x", reason=REASON)


def test_the_page_of_a_party_offers_what_may_be_asked(made: dict[str, str | int]) -> None:
    with as_(people()["MER"]) as user:  # type: ignore[arg-type]
        page = selectors.score_page(user, int(made["party"]))
    kinds = {each.mark: each.kinds for item in page.items for each in item.against}
    assert kinds[str(made["failed"])] == ("appeal",)
    assert "repair" in kinds[str(made["lost"])]
    with as_(people()["HED"]) as user:  # type: ignore[arg-type]
        inside = selectors.score_page(user, int(made["party"]))
    assert not inside.may_plead and not any(each.kinds for item in inside.items for each in item.against)

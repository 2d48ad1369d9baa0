"""Publicity lists, certificates, trials."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from credit_made import Book, only, scored_party
from kept import kept
from trade_people import as_, person
from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.credit.months import last_day, months_before
from youju.trade.credit import selectors, services
from youju.trade.credit.models import Certificate, PublicList, Trial
from youju.trade.credit.services import CreditRefusedError

BOOK = Book()


@kept
def made() -> dict[str, int]:
    BOOK.records.clear()
    firm = scored_party("甲有限公司", "MS-1", credit_code="91130600MA0000000A", legal_person="赵一")
    keeper = scored_party("王小明箱包店", "MS-2", credit_code="92130600MA0000000B", legal_person="王小明")
    plain = scored_party("丙公司", "MS-3", credit_code="91130600MA0000000C")
    day = months_before(timezone.localdate().replace(day=1), 2)
    for row in (firm, keeper):
        for kind in ("declarations.released", "settlement.collected", "exemptions.filed"):
            BOOK.told(row, kind, day, "m", 60)
    month = months_before(timezone.localdate().replace(day=1), 1)
    moment = timezone.make_aware(datetime.combine(last_day(month) + timedelta(days=1), datetime.min.time()))
    with only(BOOK):
        services.make_snapshot(month=month, made_at=moment)
    person(Role.HED)
    return {"firm": firm.pk, "keeper": keeper.pk, "plain": plain.pk}


def head() -> object:
    from youju.foundation.identity.models import User

    return User.objects.get(roles=["HED"])


def test_a_list_names_enterprises_and_masks_people(made: dict[str, int]) -> None:
    with as_(head()) as user:  # type: ignore[arg-type]
        row = services.draft_list(actor=user)
        assert {(line["name"], line["code"], line["grade"]) for line in row.lines} == {
            ("甲有限公司", "91130600MA0000000A", "A"),
            ("王＊＊箱包店", "", "A"),
        }
        assert selectors.lists_for_anybody() == []
        shown = services.take_list_step(actor=user, list_id=row.pk, step="show")
    assert shown.shown_until == timezone.localdate() + timedelta(days=29)
    assert [each.number for each in selectors.lists_for_anybody()] == [row.number]
    assert selectors.list_for_anybody("GS没有") is None
    with reaching_all():
        assert services.end_lists() == 0
        assert services.end_lists(now=timezone.now() + timedelta(days=30)) == 1
        assert services.end_lists(now=timezone.now() + timedelta(days=30)) == 0
    assert selectors.lists_for_anybody() == []


def test_an_older_list_is_not_shown_and_other_grades_never(made: dict[str, int]) -> None:
    with as_(head()) as user:  # type: ignore[arg-type]
        with pytest.raises(CreditRefusedError, match="CRD-013"):
            services.draft_list(actor=user, grades=("B",))
        with pytest.raises(CreditRefusedError, match="CRD-013"):
            services.draft_list(actor=user, grades=("D",))
        row = services.draft_list(actor=user)
        with reaching_all():
            from youju.trade.credit.models import Snapshot

            newest = Snapshot.objects.get()
            Snapshot.objects.create(
                month=newest.day + timedelta(days=1), day=newest.day + timedelta(days=20), policy=newest.policy,
                policy_hash=newest.policy_hash, law_hash=newest.law_hash, parties=0, made_at=timezone.now(),
            )  # fmt: skip
        with pytest.raises(CreditRefusedError, match="CRD-012"):
            services.take_list_step(actor=user, list_id=row.pk, step="show")
        dropped = services.take_list_step(actor=user, list_id=row.pk, step="drop", reason="重新拟定")
    assert dropped.state == "dropped"
    with as_(person(Role.STF)) as user, pytest.raises(PermissionDenied):
        services.draft_list(actor=user)


def test_who_appeals_is_left_out_and_bars_a_list_that_names_it(made: dict[str, int]) -> None:
    from youju.trade.credit.models import Plea, Score

    with as_(head()) as user:  # type: ignore[arg-type]
        row = services.draft_list(actor=user)
        with reaching_all():
            score = Score.objects.get(party_id=made["firm"])
            Plea.objects.create(
                number="SS1", kind="appeal", party_id=made["firm"], name=score.name, score=score, mark="x:1", record={},
                reason="理由", state="submitted",
            )  # fmt: skip
        with pytest.raises(CreditRefusedError, match="CRD-014"):
            services.take_list_step(actor=user, list_id=row.pk, step="show")
        assert [line["party"] for line in services.draft_list(actor=user).lines] == [made["keeper"]]


def test_a_certificate_is_a_pdf_and_a_stranger_checks_it(made: dict[str, int]) -> None:
    with as_(person(Role.MER, "MS-1")) as user:
        row = services.issue_certificate(actor=user, party_id=made["firm"], here="https://youju.example/")
        assert services.issue_certificate(actor=user, party_id=made["firm"]).pk == row.pk
        with pytest.raises(InputError):
            services.issue_certificate(actor=user, party_id=made["keeper"])
    work_off()
    with as_(person(Role.MER, "MS-1", username="again")) as user:
        found, kept_file = services.hand_out_certificate(actor=user, certificate_id=row.pk)
    assert read_kept(kept_file.sha256)[:5] == b"%PDF-" and found.name == "信用证明甲有限公司.pdf"
    checked = selectors.check_certificate(row.code)
    assert checked is not None and checked.good and (checked.name, checked.grade) == ("甲有限公司", "A")
    assert selectors.check_certificate(row.code[:-1] + "x") is None
    assert selectors.check_certificate("x" * 500) is None
    with as_(person(Role.MER, "MS-2")) as user, pytest.raises(InputError):
        services.hand_out_certificate(actor=user, certificate_id=row.pk)
    with as_(person(Role.STF, sections=("SC",))) as user:
        with pytest.raises(InputError, match="理由"):
            services.revoke_certificate(actor=user, certificate_id=row.pk, reason=" ")
        services.revoke_certificate(actor=user, certificate_id=row.pk, reason="企业名称有误")
    gone = selectors.check_certificate(row.code)
    assert gone is not None and not gone.good and gone.revoked_on == timezone.localdate()


def test_a_certificate_runs_out(made: dict[str, int]) -> None:
    with as_(person(Role.MER, "MS-1")) as user:
        row = services.issue_certificate(actor=user, party_id=made["firm"])
    with reaching_all():
        yesterday = timezone.localdate() - timedelta(days=1)
        Certificate.objects.filter(pk=row.pk).update(issued_on=yesterday, valid_until=yesterday)
    checked = selectors.check_certificate(row.code)
    assert checked is not None and not checked.good


def test_a_trial_shows_who_would_move_and_changes_no_score(made: dict[str, int]) -> None:
    plain = {
        "grades": {
            "A": {"title": "守信", "least": "101"},
            "B": {"title": "良好", "least": "75"},
            "D": {"least": "0"},
        }
    }
    plain["ceilings"] = {"filing.suspended": {"grade": "B", "months": 12}}
    with as_(person(Role.STF)) as user, only(BOOK):
        row = services.ask_trial(actor=user, title="没有 A 级", plain=plain)
        work_off()
        row = selectors.trial_of(user, row.pk)
        assert (row.done, row.parties, row.moved) == (True, 3, 2)
        assert (row.before, row.after) == ({"A": 2, "B": 1, "C": 0, "D": 0}, {"A": 0, "B": 3, "D": 0})
        assert {each.party_id for each in selectors.moves(user, row.pk, moved=True)} == {
            made["firm"],
            made["keeper"],
        }
        services.carry_out_trial(trial_id=row.pk)
        assert selectors.moves(user, row.pk).count() == 2
        assert [each.grade for each in selectors.scores(user).order_by("pk")] == ["A", "A", "B"]


def test_a_policy_that_cannot_score_is_refused_before_it_is_tried(made: dict[str, int]) -> None:
    with as_(person(Role.STF)) as user:
        with pytest.raises(InputError, match="没有“weights”这一部分"):
            services.ask_trial(actor=user, title="x", plain={"weights": {}})
        with pytest.raises(InputError, match="items"):
            services.ask_trial(actor=user, title="x", plain={"items": {}})
        now = json.loads(json.dumps(services.policy_on(date.today()).plain))
        now["items"]["filing"]["weight"] = "20"
        with pytest.raises(CreditRefusedError, match="CRD-017"):
            services.ask_trial(actor=user, title="x", plain=now)
        assert not Trial.objects.exists() and not PublicList.objects.exists()
    with as_(person(Role.MER, "MS-1")) as user, pytest.raises(PermissionDenied):
        services.ask_trial(actor=user, title="x", plain={})

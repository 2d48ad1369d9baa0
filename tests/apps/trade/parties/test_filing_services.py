"""Filing from the first word to the number: typed, kept, judged, handed in, sent back, approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from trade_made_filing import (
    BUYER_PAPERS,
    MERCHANT_PAPERS,
    PNG,
    approved,
    buyer_form,
    credit_code,
    drafted,
    merchant_form,
    resident_id,
    stalls,
    submitted,
    today,
    yesterday,
)
from trade_people import as_, organisation, person
from youju.foundation.audit import selectors as audit
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import unseal
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import selectors as workflow
from youju.trade.parties import selectors, services
from youju.trade.parties.models import FilingDraft, Identifier, Party, Tenancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def merchant() -> Any:
    return person(Role.MER, "HONG")


@pytest.fixture
def staff() -> Any:
    return person(Role.STF)


def subject(party: Party) -> Subject:
    return Subject("parties.party", str(party.pk))


def test_a_merchant_files_and_is_put_on_file(merchant: Any, staff: Any) -> None:
    stalls()
    party = approved(merchant, staff)
    party.refresh_from_db()
    assert (party.state, party.sections, party.organisation) == ("approved", ["SC"], merchant.organisation)
    assert (party.number, party.chapters, party.country) == (f"ZC{today().year}000001", ["42"], "CN")
    assert party.valid_from == today()
    assert (party.valid_to.year, party.valid_to > today()) in {
        (today().year + 3, True),
        (today().year + 2, True),
    }
    assert not FilingDraft.objects.filter(party=party).exists()
    assert Tenancy.objects.get(party=party).stall.number == "A0001"
    numbers = {each.kind: (each.holder, each.masked, unseal(each.sealed)) for each in party.identifiers.all()}
    assert numbers["resident_id"] == ("legal_person", "130***********" + resident_id()[-4:], resident_id())
    assert numbers["phone"] == ("contact", "138****0001", "13800000001")
    second = approved(person(Role.MER, "LAN"), staff, merchant_form(2))
    assert second.number.endswith("000002")


def test_nothing_personal_stands_in_plain_anywhere(merchant: Any, staff: Any) -> None:
    """Neither in the tables of the room, nor in the trail, nor in the log of the steps."""
    approved(merchant, staff)
    with connection.cursor() as cursor:
        for table in (
            "parties_party",
            "parties_identifier",
            "parties_filingdraft",
            "audit_entry",
            "workflow_step",
        ):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            content = cursor.fetchone()[0]
            assert resident_id() not in content, table
            assert "13800000001" not in content, table


def test_typing_is_kept_and_not_judged_until_it_is_handed_in(merchant: Any) -> None:
    with as_(merchant):
        party = services.open_filing(actor=merchant, roles=["merchant"], name="红运箱包")
        kept = services.keep_filing(
            actor=merchant, party_id=party.pk, base=1, typed={"credit_code": "92", "phone": "1"}
        )
        assert kept.version == 2
        page = selectors.editor(merchant, party.pk)
        assert page.values["credit_code"] == "92"
        # A number never goes back to a page, and a blank one keeps what was typed.
        assert "phone" not in page.values
        services.keep_filing(
            actor=merchant, party_id=party.pk, base=2, typed={"phone": "", "credit_code": ""}
        )
        page = selectors.editor(merchant, party.pk)
        assert "credit_code" not in page.values
        assert page.typed.form["phone"] == "1"
        assert {each.rule for each in page.errors} >= {"PTY-001", "PTY-012", "PTY-024"}
        with pytest.raises(services.RefusedFilingError) as refused:
            services.submit_filing(actor=merchant, party_id=party.pk)
        assert len(refused.value.findings) > 5
    party.refresh_from_db()
    assert (party.state, party.credit_code, workflow.case(subject(party))) == ("draft", "", None)


def test_two_at_one_form_do_not_overwrite_each_other_unseen(merchant: Any) -> None:
    party = drafted(merchant)
    with as_(merchant), pytest.raises(services.StaleDraftError):
        services.keep_filing(actor=merchant, party_id=party.pk, base=1, typed={"name": "别的名称"})


def test_a_repeated_credit_code_is_refused_without_telling_whose(merchant: Any, staff: Any) -> None:
    approved(merchant, staff)
    other = person(Role.MER, "OTHER")
    party = drafted(other, merchant_form(2, credit_code=credit_code(1)))
    with as_(other), pytest.raises(services.RefusedFilingError) as refused:
        services.submit_filing(actor=other, party_id=party.pk)
    (finding,) = refused.value.findings
    assert finding.rule == "PTY-006"
    assert "已经备案" in str(refused.value)
    assert "窗口" in finding.suggestion
    assert "许红" not in str(refused.value) + finding.suggestion


def test_a_draft_holds_no_code_against_its_owner(merchant: Any, staff: Any) -> None:
    """Whoever types somebody else's code bars nobody: it counts from the day it is handed in."""
    drafted(person(Role.MER, "SQUAT"), merchant_form(2, credit_code=credit_code(1)))
    assert approved(merchant, staff).number


def test_sent_back_corrected_and_approved(merchant: Any, staff: Any) -> None:
    party = submitted(merchant)
    with as_(staff):
        with pytest.raises(InputError, match="理由"):
            services.take_step(actor=staff, party_id=party.pk, transition="return")
        services.take_step(actor=staff, party_id=party.pk, transition="return", reason="地址写到门牌")
    with as_(merchant):
        page = selectors.editor(merchant, party.pk)
        assert (page.returned, page.typed.version) == ("地址写到门牌", 0)
        # The number that is filed stays although the page never showed it.
        typed = {**page.values, "address": "富强路 9 号", "resident_id": "", "phone": ""}
        services.keep_filing(actor=merchant, party_id=party.pk, base=0, typed=typed)
        party.refresh_from_db()
        assert party.address == "白沟新城富强路 1 号"
        services.submit_filing(actor=merchant, party_id=party.pk)
    party.refresh_from_db()
    assert (party.address, party.revision, party.identifiers.count()) == ("富强路 9 号", 2, 2)
    with as_(staff):
        services.take_step(actor=staff, party_id=party.pk, transition="accept")
        services.take_step(actor=staff, party_id=party.pk, transition="approve")
    told = [
        line.sentence if hasattr(line, "sentence") else line
        for line in audit.history("parties.party", str(party.pk)).lines
    ]
    assert len(told) >= 8


def test_warnings_are_explained_or_the_filing_stays(merchant: Any) -> None:
    form = merchant_form(resident_id=resident_id(born=f"{today().year - 17}0101"))
    party = drafted(merchant, form)
    with as_(merchant):
        with pytest.raises(services.RefusedFilingError, match="要说明"):
            services.submit_filing(actor=merchant, party_id=party.pk)
        services.submit_filing(actor=merchant, party_id=party.pk, explanation="以自己的劳动收入为生")
    assert workflow.log_of(subject(party))[-1].reason == "以自己的劳动收入为生"


def test_the_counter_files_for_others_and_approves_none_of_its_own(staff: Any) -> None:
    party = submitted(staff)
    party.refresh_from_db()
    assert (party.organisation, party.channel, party.sections) == (None, "counter", ["SC"])
    with as_(staff):
        services.take_step(actor=staff, party_id=party.pk, transition="accept")
        with pytest.raises(PermissionDenied, match="不同的人"):
            services.take_step(actor=staff, party_id=party.pk, transition="approve")
        with pytest.raises(PermissionDenied, match="不同的人"):
            services.take_steps(actor=staff, party_ids=[party.pk], transition="approve")
    body = organisation("HONG", "merchant")
    body.credit_code = credit_code()
    body.save()
    colleague = person(Role.STF, username="stf-2")
    with as_(colleague):
        done = services.take_step(actor=colleague, party_id=party.pk, transition="approve")
    # The account organisation with the same code acts for it from now on.
    assert done.organisation == body


def test_staff_take_in_what_their_section_handles() -> None:
    outsider = person(Role.STF, username="stf-wm", sections=("WM",))
    with as_(outsider):
        with pytest.raises(PermissionDenied, match="市场服务科"):
            services.open_filing(actor=outsider, roles=["merchant"], name="红运箱包")
        assert services.open_filing(
            actor=outsider, roles=["merchant", "agent"], name="红运箱包"
        ).sections == ["SC", "WM"]


def test_a_buyer_files_with_a_passport(staff: Any) -> None:
    buyer = person(Role.BUY, "AMINA")
    party = approved(buyer, staff, buyer_form(), roles=("buyer",), papers=BUYER_PAPERS)
    assert (party.country, party.sections) == ("AE", ["WM"])
    assert {(each.kind, each.holder) for each in party.identifiers.all()} == {
        ("passport", "self"),
        ("phone", "contact"),
    }


def test_a_paper_that_ran_out_bars_the_approval(merchant: Any, staff: Any) -> None:
    party = submitted(merchant)
    party.papers.filter(kind="stall_lease").update(valid_to=yesterday())
    with as_(staff):
        services.take_step(actor=staff, party_id=party.pk, transition="accept")
        with pytest.raises(InputError, match="到期"):
            services.take_step(actor=staff, party_id=party.pk, transition="approve")
    party.refresh_from_db()
    assert (party.state, party.number) == ("reviewing", "")


def test_who_submitted_takes_back_what_nobody_accepted(merchant: Any, staff: Any) -> None:
    party = submitted(merchant)
    with as_(merchant):
        services.take_step(actor=merchant, party_id=party.pk, transition="withdraw", reason="要改摊位")
        assert selectors.editor(merchant, party.pk).errors == []
        with pytest.raises(InputError, match="不能放弃"):
            services.discard_filing(actor=merchant, party_id=party.pk)
        services.submit_filing(actor=merchant, party_id=party.pk)
    with as_(staff):
        services.take_step(actor=staff, party_id=party.pk, transition="accept")
    with as_(merchant), pytest.raises(InputError, match="不能撤回"):
        services.take_step(actor=merchant, party_id=party.pk, transition="withdraw", reason="晚了")


def test_a_draft_is_given_up_with_its_papers(merchant: Any) -> None:
    party = drafted(merchant)
    with as_(merchant):
        services.discard_filing(actor=merchant, party_id=party.pk)
    assert (Party.objects.count(), Identifier.objects.count()) == (0, 0)


def test_old_drafts_go_by_themselves(merchant: Any) -> None:
    old, fresh = drafted(merchant), drafted(merchant, merchant_form(2))
    FilingDraft.objects.filter(party=old).update(saved_at="2020-01-01T00:00:00+08:00")
    assert services.clear_drafts() == 1
    assert list(Party.objects.all()) == [fresh]


def test_there_is_a_bound_on_open_drafts(merchant: Any) -> None:
    with as_(merchant):
        for number in range(20):
            services.open_filing(actor=merchant, roles=["merchant"], name=f"商行{number}")
        with pytest.raises(InputError, match="20 份没有提交"):
            services.open_filing(actor=merchant, roles=["merchant"], name="再来一份")


def test_many_filings_at_once_or_none(staff: Any) -> None:
    parties = [submitted(person(Role.MER, f"M{n}"), merchant_form(n)) for n in range(1, 4)]
    keys = [party.pk for party in parties]
    with as_(staff):
        assert services.take_steps(actor=staff, party_ids=keys, transition="accept") == 3
        parties[1].papers.all().delete()
        with pytest.raises(InputError, match=r"示例箱包商行2.*缺少"):
            services.take_steps(actor=staff, party_ids=keys, transition="approve")
        assert set(Party.objects.values_list("state", flat=True)) == {"reviewing"}
        assert services.take_steps(actor=staff, party_ids=[keys[0], keys[2]], transition="approve") == 2
        with pytest.raises(InputError, match="没有选择"):
            services.take_steps(actor=staff, party_ids=[], transition="accept")
    numbers = set(Party.objects.filter(state="approved").values_list("number", flat=True))
    assert len(numbers) == 2
    assert {step.label for step in workflow.log_of(subject(parties[0]))} == {
        "发起",
        "提交备案",
        "受理",
        "通过备案",
    }


@pytest.mark.parametrize(
    ("wish", "file", "sentence"),
    [
        ({"kind": "nothing"}, PNG, "没有这种材料"),
        ({"kind": "stall_lease", "number": "长" * 65}, PNG, "超过"),
        ({"kind": "passport"}, b"<html><script>1</script></html>", "不收"),
    ],
)
def test_papers_that_are_not_taken(merchant: Any, wish: dict[str, Any], file: bytes, sentence: str) -> None:
    party = drafted(merchant, papers=())
    with as_(merchant), pytest.raises(InputError, match=sentence):
        services.add_paper(
            actor=merchant, party_id=party.pk, wish=services.PaperWish(**wish), name="a.png", content=file
        )
    assert party.papers.count() == 0


def test_a_paper_is_looked_at_on_the_record_and_taken_away(merchant: Any, staff: Any) -> None:
    party = drafted(merchant, papers=MERCHANT_PAPERS[:1])
    paper = party.papers.get()
    with as_(merchant):
        assert services.read_paper(actor=merchant, party_id=party.pk, paper_id=paper.pk).kept.size == len(PNG)
        services.remove_paper(actor=merchant, party_id=party.pk, paper_id=paper.pk)
        with pytest.raises(InputError, match="没有这份材料"):
            services.read_paper(actor=merchant, party_id=party.pk, paper_id=paper.pk)
    assert party.papers.count() == 0


def test_who_may_not_file_is_told_so() -> None:
    for role in (Role.HED, Role.AUD, Role.PFO, Role.ADM, Role.FIN):
        user = person(role)
        with as_(user), pytest.raises(PermissionDenied):
            services.open_filing(actor=user, roles=["merchant"], name="红运箱包")

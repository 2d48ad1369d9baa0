"""A survey from its first question to its result: who may do what when, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

import surveys_made as made
from trade_people import person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.office.surveys import events, services
from youju.office.surveys.models import Envelope, Question, Response, Survey, Token
from youju.office.surveys.selectors import one_of, result_page, survey_page
from youju.office.surveys.services import QuestionWish, SurveyRefusedError, TokenGoneError, UnansweredError

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(db: None) -> User:
    return person(Role.HED)


def test_from_a_draft_to_its_result(staff: User, head: User) -> None:
    row, tokens = made.published(staff, head, 6)
    made.answered(row, tokens, [5, 5, 1, [1, 2], "很好"], [4, 4], [5, 3, 2], [5, 5], [1, 1])
    page = survey_page(staff, row.pk)
    assert (page.standing.handed_out, page.standing.answered, page.standing.silent) == (6, 5, 1)
    with pytest.raises(InputError, match="还没有结束"):
        result_page(staff, row.pk)
    row = made.closed(head, row)
    found = result_page(staff, row.pk)
    assert {line.key: (line.now.n, f"{line.now.mean:.1f}") for line in found.tags} == {
        "": (5, "70.0"),
        "service": (5, "70.0"),
        "social": (5, "65.0"),
    }
    assert found.whole and found.whole.small
    assert [each.answered for each in found.questions] == [5, 5, 0, 0, 1]
    assert {each.rule for each in found.findings} == {"SVY-007"}
    told = history(events.subject_of(row).kind, str(row.pk)).lines
    assert len(told) > 5
    # That somebody answered is no entry; the count is told once, when the box is opened.
    assert sum("收回份数" in str(each) for each in told) == 1


def test_a_colleague_publishes_and_no_builder(staff: User, head: User) -> None:
    row = made.draft(staff)
    services.take_step(actor=staff, survey_id=row.pk, step="submit")
    with pytest.raises(PermissionDenied):
        services.take_step(actor=staff, survey_id=row.pk, step="publish")
    assert [each.subject.label for each in todo(head)] == [str(row)]
    officer = person(Role.PFO)
    services.take_step(actor=staff, survey_id=row.pk, step="take_back")
    services.change_question(actor=officer, survey_id=row.pk, place=1, wish=made.QUESTIONS[1])
    services.take_step(actor=staff, survey_id=row.pk, step="submit")
    with pytest.raises(SurveyRefusedError, match="参与编制"):
        services.take_step(actor=officer, survey_id=row.pk, step="publish")
    services.take_step(actor=head, survey_id=row.pk, step="refuse", reason="题目太少")
    assert Survey.objects.get(pk=row.pk).state == "draft"
    services.take_step(actor=staff, survey_id=row.pk, step="drop", reason="不办了")
    with pytest.raises(InputError, match="已经结束"):
        made.channel(staff, row)


def test_what_is_not_ready_is_not_sent(staff: User) -> None:
    row = made.draft(staff, [QuestionWish("text", "建议？")], title_en="")
    with pytest.raises(SurveyRefusedError) as refused:
        services.take_step(actor=staff, survey_id=row.pk, step="submit")
    assert {each.rule for each in refused.value.findings} == {"SVY-001", "SVY-005"}
    assert Survey.objects.get(pk=row.pk).state == "draft"


def test_questions_are_moved_and_taken_away(staff: User) -> None:
    row = made.draft(staff)
    services.move_question(actor=staff, survey_id=row.pk, place=2, up=True)
    services.move_question(actor=staff, survey_id=row.pk, place=1, up=True)
    services.remove_question(actor=staff, survey_id=row.pk, place=3)
    places = list(Question.objects.filter(survey=row).values_list("place", "kind"))
    assert places == [(1, "scale"), (2, "scale"), (3, "many"), (4, "text")]
    assert Question.objects.get(survey=row, place=1).text == "您对速度是否满意？"
    with pytest.raises(InputError, match="没有这道题"):
        services.remove_question(actor=staff, survey_id=row.pk, place=9)
    for wish, said in (
        (QuestionWish("star", "几颗星？"), "没有这种题型"),
        (QuestionWish("one", "？", options=(("一", "1"),) * 21), "至多 20 个选项"),
        (QuestionWish("scale", "？", tags=("a|b",)), "不能用"),
    ):
        with pytest.raises(InputError, match=said):
            services.add_question(actor=staff, survey_id=row.pk, wish=wish)


def test_a_survey_is_copied_for_the_next_year(staff: User, head: User) -> None:
    year = timezone.localdate().year
    row, _ = made.published(staff, head, title=f"{year} 年调查", tags=("窗口",))
    copy = services.copy_survey(actor=staff, survey_id=row.pk)
    assert (copy.title, copy.year, copy.state, copy.previous_id) == (
        f"{year + 1} 年调查",
        year + 1,
        "draft",
        row.pk,
    )
    assert copy.questions.count() == 5
    assert list(copy.channels.values_list("name", "made", "handed_out")) == [("大厅", 0, 0)]


def test_a_draft_changed_meanwhile_is_not_overwritten(staff: User, colleague: User) -> None:
    row = made.draft(staff)
    services.change_survey(
        actor=colleague, survey_id=row.pk, wish=made.wish(title="新"), revision=row.revision
    )
    with pytest.raises(InputError, match="刚被改过"):
        services.change_survey(actor=staff, survey_id=row.pk, wish=made.wish(), revision=row.revision)
    assert Survey.objects.get(pk=row.pk).builders == sorted([staff.username, colleague.username])
    with pytest.raises(InputError, match="不能与自己比较"):
        services.change_survey(actor=staff, survey_id=row.pk, wish=made.wish(previous=row.pk), revision=None)


def test_tokens_are_long_and_only_their_hashes_stay(staff: User, head: User) -> None:
    row, tokens = made.published(staff, head, 50)
    assert len(set(tokens)) == 50
    assert all(len(token) * 5 >= 128 for token in tokens)
    kept = " ".join(Token.objects.values_list("digest", flat=True))
    assert not any(token.lower() in kept or token in kept for token in tokens)
    way = row.channels.get()
    for count, said in ((0, "一次生成"), (100_000, "一次生成")):
        with pytest.raises(InputError, match=said):
            services.make_tokens(actor=staff, survey_id=row.pk, channel_id=way.pk, count=count)
    with pytest.raises(InputError, match="发不出"):
        services.hand_out(actor=staff, survey_id=row.pk, channel_id=way.pk, count=51)
    services.answer(token=tokens[0], given=made.given_of(row, 5, 4))
    with pytest.raises(InputError, match="已经收回 1 份"):
        services.hand_out(actor=staff, survey_id=row.pk, channel_id=way.pk, count=0)
    paper = made.channel(staff, row, "纸", "paper")
    with pytest.raises(InputError, match="不用一次性码"):
        services.make_tokens(actor=staff, survey_id=row.pk, channel_id=paper.pk, count=1)
    for name, kind, said in (
        ("大厅", "code", "已有渠道"),
        ("纸二", "paper", "已有纸质"),
        ("", "code", "没有写全"),
    ):
        with pytest.raises(InputError, match=said):
            made.channel(staff, row, name, kind)


def test_a_token_answers_once_and_only_while_the_survey_is_open(staff: User, head: User) -> None:
    row = made.draft(staff)
    way = made.channel(staff, row)
    first, second, third = services.make_tokens(actor=staff, survey_id=row.pk, channel_id=way.pk, count=3)
    with pytest.raises(TokenGoneError):
        services.answer(token=first, given={})
    services.take_step(actor=staff, survey_id=row.pk, step="submit")
    services.take_step(actor=head, survey_id=row.pk, step="publish")
    with pytest.raises(UnansweredError) as wrong:
        services.answer(token=first, given=made.given_of(row, 5, 9, 7, [1, 1], "x" * 1001))
    assert sorted(wrong.value.problems.values()) == ["long", "unknown", "unknown", "unknown"]
    services.answer(token=first.lower(), given=made.given_of(row, 5, 4))
    for token in (first, "NOSUCHTOKEN"):
        with pytest.raises(TokenGoneError):
            services.answer(token=token, given=made.given_of(row, 5, 4))
    Survey.objects.filter(pk=row.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(TokenGoneError):
        services.answer(token=second, given=made.given_of(row, 5, 4))
    assert services.close_due(today=timezone.localdate()) == {"closed": 1, "sheets": 1}
    assert services.close_due(today=timezone.localdate()) == {"closed": 0, "sheets": 0}
    with pytest.raises(TokenGoneError):
        services.answer(token=third, given=made.given_of(row, 5, 4))
    assert one_of(staff, row.pk).state == "closed"
    assert (Token.objects.count(), Envelope.objects.count(), Response.objects.count()) == (0, 0, 1)


def test_the_last_day_is_put_off_and_an_end_that_comes_too_soon_is_said_once(staff: User, head: User) -> None:
    today = timezone.localdate()
    row, _ = made.published(staff, head, closes_on=today + timedelta(days=2))
    assert services.remind(today=today) == {"reminded": 1}
    assert services.remind(today=today) == {"reminded": 0}
    assert Survey.objects.get(pk=row.pk).reminded_on == today
    services.put_off(actor=head, survey_id=row.pk, closes_on=today + timedelta(days=3))
    assert services.remind(today=today) == {"reminded": 1}
    with pytest.raises(InputError, match="已经过了"):
        services.put_off(actor=head, survey_id=row.pk, closes_on=today - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        services.put_off(actor=staff, survey_id=row.pk, closes_on=today)
    with pytest.raises(InputError, match="不在答卷中"):
        services.put_off(actor=head, survey_id=made.draft(staff).pk, closes_on=today)


def test_who_is_outside_may_nothing(merchant: User, staff: User) -> None:
    row = made.draft(staff)
    for call in (
        lambda: one_of(merchant, row.pk),
        lambda: services.build_survey(actor=merchant, wish=made.wish()),
        lambda: services.copy_survey(actor=merchant, survey_id=row.pk),
        lambda: made.channel(merchant, row),
        lambda: services.export_result(actor=merchant, survey_id=row.pk, form="csv"),
    ):
        with pytest.raises(PermissionDenied):
            call()
    with pytest.raises(InputError, match="没有这次调查"):
        one_of(staff, 2**70)

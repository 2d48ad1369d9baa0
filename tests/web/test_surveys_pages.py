"""Pages of surveys: those of the house, and the sheet for anybody with a code."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import surveys_made as made
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.office.surveys import services
from youju.office.surveys.models import Channel, Envelope, Survey, Token

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return person(Role.STF)


@pytest.fixture
def head() -> User:
    return person(Role.HED)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_bytes(answer: Any) -> bytes:
    """A streamed answer to its end; closing it instead would close the test's connection."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def text(answer: Any) -> str:
    return text_bytes(answer).decode()


def here(name: str, *args: object) -> str:
    return reverse(f"surveys:{name}", args=args)


FORM = {
    "title": "窗口满意度", "title_en": "Counter survey", "intro": "请答。", "intro_en": "Please.", "year": "2026", "quarter": "0",
    "project": "", "tags": "窗口、服务", "closes_on": "2099-12-31", "previous": "",
}  # fmt: skip
SCALE = {
    "kind": "scale",
    "text": "是否满意？",
    "text_en": "Satisfied?",
    "tags": "social",
    "options": "",
    "required": "on",
}


def test_a_questionnaire_is_built_by_forms(staff: User) -> None:
    client = client_of(staff)
    assert "还没有调查" in text(client.get(here("list")))
    assert client.get(here("new")).status_code == 200
    refused = client.post(here("new"), FORM | {"title": "", "tags": "x" * 30})
    assert refused.status_code == 422 and "这一栏必填" in text(refused)
    assert "不能用" in text(client.post(here("new"), FORM | {"tags": "x" * 30}))
    client.post(here("new"), FORM)
    row = Survey.objects.get()
    assert (row.tags, row.state, row.builders) == (["窗口", "服务"], "draft", [staff.username])
    page = text(client.get(here("survey", row.pk)))
    assert "SVY-001" in page and "还没有题目" in page and "还没有渠道" in page
    assert client.post(here("question-add", row.pk), SCALE | {"text": ""}).status_code == 422
    client.post(here("question-add", row.pk), SCALE)
    one = SCALE | {"kind": "one", "text": "您是谁？", "options": "商户 | Merchant\n企业 | Company\n"}
    client.post(here("question-add", row.pk), one)
    assert row.questions.get(place=2).options == [["商户", "Merchant"], ["企业", "Company"]]
    assert "商户 | Merchant" in text(client.get(here("question", row.pk, 2)))
    assert client.post(here("question", row.pk, 2), one | {"text": ""}).status_code == 422
    client.post(here("question", row.pk, 2), one | {"text": "您属于哪一类？"})
    client.post(here("question-move", row.pk, 2), {"to": "up"})
    assert row.questions.get(place=1).text == "您属于哪一类？"
    client.post(here("question-remove", row.pk, 1))
    assert row.questions.count() == 1
    assert client.get(here("question", row.pk, 7)).status_code == 404
    assert text(client.get(here("edit", row.pk))).count("窗口满意度") >= 1
    client.post(
        here("edit", row.pk), FORM | {"title": "窗口满意度调查", "revision": Survey.objects.get().revision}
    )
    assert Survey.objects.get().title == "窗口满意度调查"
    preview = text(client.get(here("preview", row.pk), {"lang": "en"}))
    assert "This is a preview" in preview and "Satisfied?" in preview and "<button" not in preview
    client.post(here("copy", row.pk))
    assert Survey.objects.count() == 2
    assert "窗口满意度调查" in text(client.get(here("list"), {"export": "csv"}))
    assert Survey.objects.first().title in text(
        client.get(here("list"), {"text": "窗口", "tag": "窗口", "year": "2027"})
    )  # type: ignore[union-attr]


def test_codes_are_given_as_a_file_once(staff: User) -> None:
    with as_(staff):
        row = made.draft(staff)
    client = client_of(staff)
    client.post(here("channel-add", row.pk), {"name": "大厅", "kind": "code"})
    client.post(here("channel-add", row.pk), {"name": "纸", "kind": "paper"})
    way = Channel.objects.get(name="大厅")

    def make(count: str, form: str) -> Any:
        return client.post(
            here("tokens", row.pk, way.pk), {f"t{way.pk}-count": count, f"t{way.pk}-form": form}
        )

    answer = make("3", "zip")
    assert answer.headers["Cache-Control"] == "no-store, private"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.read("codes.pdf").startswith(b"%PDF")
        with zipfile.ZipFile(io.BytesIO(file.read("links.xlsx"))) as book:
            words = book.read("xl/sharedStrings.xml").decode()
    assert words.count("/s/") == 3
    assert Token.objects.count() == 3
    assert make("0", "pdf").status_code == 302 and make("2", "doc").status_code == 302
    assert make("2", "pdf").content.startswith(b"%PDF")
    assert client.post(here("tokens", row.pk, 10**9), {}).status_code in (302, 404)
    client.post(here("hand-out", row.pk, way.pk), {f"h{way.pk}-handed_out": "4"})
    client.post(here("hand-out", row.pk, way.pk), {f"h{way.pk}-handed_out": "40"})
    assert Channel.objects.get(pk=way.pk).handed_out == 4
    page = text(client.get(here("survey", row.pk)))
    assert "只生成了 5 个码" in page


def sheet(token: str) -> str:
    return reverse("survey_sheet:sheet", args=[token])


def sent(row: Survey, *answers: object) -> dict[str, list[str]]:
    return {f"q{key}": words for key, words in made.given_of(row, *answers).items()}


def test_the_sheet_is_for_anybody_in_two_languages(
    staff: User, head: User, caplog: pytest.LogCaptureFixture
) -> None:
    with as_(staff), reaching_all():
        row, (token, other) = made.published(staff, head, 2)
    client = Client()
    answer = client.get(sheet(token))
    assert answer.status_code == 200 and "匿名答卷" in text(answer) and "您对态度是否满意" in text(answer)
    assert not answer.cookies
    headers = answer.headers
    assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert "noindex" in headers["X-Robots-Tag"] and "unsafe" not in headers["Content-Security-Policy"]
    assert "<script" not in text(answer)
    english = text(client.get(sheet(token), headers={"accept-language": "en-US,en;q=0.9"}))
    assert "Are you satisfied with our manners?" in english and 'lang="en"' in english
    assert "匿名答卷" in text(client.get(sheet(token) + "?lang=zh", headers={"accept-language": "en"}))

    wrong = client.post(sheet(token) + "?lang=en", sent(row, None, 4, None, [1], "more bread"))
    assert wrong.status_code == 422
    assert "Not answered yet." in text(wrong) and "more bread" in text(wrong) and "checked" in text(wrong)
    taken = client.post(sheet(token) + "?lang=en", sent(row, 5, 4, 2, [1, 3], "more bread"))
    assert (
        taken.status_code == 302 and taken.headers["Location"] == reverse("survey_sheet:thanks") + "?lang=en"
    )
    assert "Thank you" in text(client.get(taken.headers["Location"]))
    assert not taken.cookies and Envelope.objects.count() == 1

    again = client.post(sheet(token), sent(row, 1, 1))
    assert again.status_code == 410 and "已经用过" in text(again)
    assert client.get(sheet(token)).status_code == 410
    assert client.get(sheet("NOSUCH")).status_code == 404
    with as_(head), reaching_all():
        made.closed(head, row)
    assert "可能扫错了" in text(client.get(sheet(other)))
    # Nothing of it is logged: an address is the code, and a log has times.
    assert token not in caplog.text and other not in caplog.text


def test_a_sheet_of_a_survey_that_is_not_open_says_so(staff: User, head: User) -> None:
    with as_(staff), reaching_all():
        row, (token,) = made.published(staff, head, 1)
        Survey.objects.filter(pk=row.pk).update(closes_on="2020-01-01")
    assert Client().get(sheet(token)).status_code == 410
    Survey.objects.filter(pk=row.pk).update(state="review")
    assert "没有开放" in text(Client().get(sheet(token)))


def test_who_asks_too_often_is_told_to_wait(staff: User, head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_(staff), reaching_all():
        _, (token,) = made.published(staff, head, 1)
    monkeypatch.setattr("youju.office.surveys.web.answering.count", lambda *_: 61)
    answer = Client().get(sheet(token) + "?lang=en")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Too many requests" in text(answer)
    assert Client().get(reverse("survey_sheet:thanks")).status_code == 429


def test_published_by_another_answered_closed_and_read(staff: User, head: User) -> None:
    with as_(staff):
        row = made.draft(staff)
        way = made.channel(staff, row)
        tokens = services.make_tokens(actor=staff, survey_id=row.pk, channel_id=way.pk, count=8)
        services.hand_out(actor=staff, survey_id=row.pk, channel_id=way.pk, count=8)
    client, other = client_of(staff), client_of(head)
    client.post(here("step", row.pk), {"transition": "submit", "state": "draft"})
    assert "SVY-006" in text(client.get(here("survey", row.pk)))
    other.post(here("step", row.pk), {"transition": "publish", "state": "review"})
    assert Survey.objects.get().state == "open"
    assert client.get(here("result", row.pk)).status_code == 409
    other.post(here("put-off", row.pk), {"closes_on": "2099-01-01"})
    other.post(here("put-off", row.pk), {"closes_on": "bad"})
    assert str(Survey.objects.get().closes_on) == "2099-01-01"
    for token in tokens[:7]:
        Client().post(sheet(token), sent(row, 5, 4, 1, [1, 2], "请多开窗口"))
    assert "密封" in text(client.get(here("survey", row.pk)))
    other.post(here("step", row.pk), {"transition": "close", "state": "open", "reason": "收齐"})
    page = text(client.get(here("result", row.pk)))
    for words in ("87.5", "样本小", "SVY-007", "请多开窗口", "t(0.975", "<svg", "大厅"):
        assert words in page, words
    assert "87.5" in text(client.get(here("result", row.pk), {"export": "csv"}))
    assert text_bytes(client.get(here("result", row.pk), {"export": "xlsx"})).startswith(b"PK")
    assert client.get(here("result", row.pk), {"export": "pdf"}).status_code == 422


def test_as_many_queries_for_any_number_of_answers(staff: User, head: User) -> None:
    from django.db import connection

    def queries(count: int) -> int:
        with as_(staff), reaching_all():
            row, tokens = made.published(staff, head, count)
            made.answered(row, tokens, *([[5, 4, 1, [1], "好"]] * count))
            made.closed(head, row)
        client = client_of(staff)
        client.get(here("result", row.pk))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(here("result", row.pk))
        return len(caught)

    assert queries(6) == queries(25)

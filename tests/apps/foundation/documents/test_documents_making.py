"""Asking for documents and making them: once for the same data, whole after a kill, failed with a reason."""

from __future__ import annotations

import os
import signal
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from youju.foundation.audit import selectors as audit
from youju.foundation.documents import events, making, selectors, services, templates
from youju.foundation.documents.models import Document
from youju.foundation.documents.templates import Template, register_template
from youju.foundation.files import selectors as files
from youju.foundation.files.models import Attachment, Content
from youju.foundation.jobs import selectors as jobs
from youju.foundation.jobs.defining import Progress
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

PAPER = Subject("test.paper", "1", "第一份")
OTHER = Subject("test.paper", "2", "第二份")
pytestmark = pytest.mark.django_db


def _render(context: Any, format: str) -> bytes:
    if context.get("refuse"):
        raise InputError("第 3 行印不出来", how="请改正")
    if context.get("break"):
        raise ZeroDivisionError
    return f"{format}：{context['words']}".encode()


def _template(**fields: Any) -> Template:
    usual: dict[str, Any] = {"code": "test.paper", "title": "测试文书", "version": "1", "formats": ("txt",)}
    return Template(**{**usual, "render": _render, "sources": (), **fields})


@pytest.fixture(autouse=True)
def template() -> Iterator[Template]:
    """A template of the tests' own, unknown to the rest of the suite."""
    before = dict(templates._known)
    yield register_template(_template())
    templates._known.clear()
    templates._known.update(before)


def ask(*, subject: Subject = PAPER, actor: Any = None, name: str = "", **context: Any) -> services.Requested:
    return services.request_document(
        actor=actor,
        template="test.paper",
        format="txt",
        context={"words": "五", **context},
        subject=subject,
        name=name,
    )


def view(requested: services.Requested) -> selectors.DocumentView:
    found = selectors.document_of(requested.id)
    assert found is not None
    return found


def test_a_request_is_a_row_and_a_job_and_then_a_file(template: Template) -> None:
    with acting(actor="wang", actor_name="王"):
        asked = ask(name="../二〇二三年/表")
    assert (asked.reused, view(asked).state, view(asked).state_label) == (False, "asked", "等待生成")
    run = jobs.run(asked.run or "")
    assert run is not None and (run.title, run.subject) == ("生成表.txt", PAPER)
    assert work_off() == 1
    made = view(asked)
    assert (made.state, made.ready, made.name, made.requested_by) == ("made", True, "表.txt", "wang")
    assert (made.template, made.version, made.template_hash) == ("test.paper", "1", template.hash)
    assert made.kept is not None and made.kept.name == "表.txt"
    assert files.read_kept(made.sha256) == "txt：五".encode()
    assert [each.name for each in files.attachments(Subject(events.KIND, str(asked.id)))] == ["表.txt"]
    assert selectors.context_of(asked.id) == {"words": "五"}
    assert [each.id for each in selectors.documents(PAPER)] == [asked.id]
    assert [each.id for each in selectors.made_as(made.sha256)] == [asked.id]
    lines = audit.history(events.KIND, str(asked.id)).lines
    assert [line.deed for line in lines] == ["生成了", "附上了文件，对象是", "申请生成"]
    assert {line.entry.actor for line in lines} == {"wang"}


def test_nothing_is_left_where_the_request_is_rolled_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask()
        raise ZeroDivisionError
    assert (Document.objects.count(), work_off()) == (0, 0)


def test_the_same_request_is_the_same_document() -> None:
    first = ask()
    assert ask() == services.Requested(first.id, first.run, reused=True)
    work_off()
    assert ask() == services.Requested(first.id, None, reused=True)
    assert (Document.objects.count(), work_off()) == (1, 0)
    deeds = [line.deed for line in audit.history(events.KIND, str(first.id)).lines]
    assert deeds.count("再次取用了") == 2


def test_another_record_gets_the_made_file_at_once() -> None:
    first = ask()
    work_off()
    second = ask(subject=OTHER)
    assert second.id != first.id and second.reused and second.run is None
    assert view(second).sha256 == view(first).sha256
    assert Content.objects.count() == 1
    assert Attachment.objects.count() == 2


@pytest.mark.parametrize("change", ["context", "template", "format"])
def test_a_change_makes_another_document(change: str) -> None:
    first = ask()
    if change == "context":
        second = ask(words="六")
    elif change == "template":
        register_template(_template(version="2"))
        second = ask()
    else:
        register_template(_template(formats=("txt", "csv")))
        second = services.request_document(
            actor=None, template="test.paper", format="csv", context={"words": "五"}, subject=PAPER
        )
    assert second.id != first.id and not second.reused


def test_data_that_cannot_be_printed_fail_with_the_reason_and_may_be_asked_for_again() -> None:
    asked = ask(refuse=True)
    work_off()
    failed = view(asked)
    assert (failed.state, failed.error, failed.kept) == ("failed", "第 3 行印不出来；请改正。", None)
    run = jobs.run(asked.run or "")
    assert run is not None and (run.state, run.error) == ("failed", "第 3 行印不出来；请改正。")
    again = ask(refuse=True)
    assert (again.id, again.reused) == (asked.id, False)
    assert again.run != asked.run and view(again).state == "asked"


def test_a_fault_of_the_program_shows_as_failed_once_the_job_gives_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("youju.foundation.jobs.limits.attempts", lambda _policy: 1)
    asked = ask(**{"break": True})
    work_off()
    failed = view(asked)
    assert failed.state == "failed" and "试了 1 次都没有成功" in failed.error
    assert not ask(**{"break": True}).reused


def test_a_cleared_run_does_not_leave_a_document_waiting_for_ever() -> None:
    from youju.foundation.jobs.models import Run

    asked = ask()
    Run.objects.all().delete()
    assert (view(asked).state, view(asked).error) == ("failed", "后台任务没有完成；请重新申请。")
    assert not ask().reused


def test_a_template_changed_meanwhile_is_said() -> None:
    asked = ask()
    register_template(_template(version="2"))
    work_off()
    assert "模板在申请之后更新过" in view(asked).error


def test_a_document_that_is_gone_is_one_sentence() -> None:
    with pytest.raises(InputError, match="要生成的文书已经不在了"):
        making.make(progress=Progress(), document_id=str(uuid.uuid4()))
    assert selectors.document_of("不是编号") is None
    assert selectors.document_of(uuid.uuid4()) is None
    assert selectors.context_of(uuid.uuid4()) is None
    assert selectors.made_as("") == []


def test_who_may_not_is_refused_before_anything_is_written(make_user: Callable[..., Any]) -> None:
    register_template(_template(permission="targets.export"))
    with pytest.raises(PermissionDenied, match="没有生成“测试文书”的权限"):
        ask(actor=make_user("MER"))
    assert not Document.objects.exists()
    assert not ask(actor=make_user("PFO")).reused


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "made"}, "documents_document_made_has_file"),
        ({"state": "failed"}, "documents_document_failed_says_why"),
        ({"state": "lost", "error": "x"}, "documents_document_state"),
        ({"sha256": "a" * 64}, "documents_document_made_has_file"),
        ({"context_hash": "x"}, "documents_document_hashes"),
        ({"name": ""}, "documents_document_named"),
    ],
)
def test_the_table_keeps_its_own_rules(fields: dict[str, Any], constraint: str) -> None:
    asked = ask()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Document.objects.filter(pk=asked.id).update(**fields)


@pytest.mark.parametrize("count", [1, 12])
def test_a_list_of_documents_takes_two_queries(
    count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(count):
        ask(words=str(number))
    with django_assert_num_queries(2):
        assert len(selectors.documents(PAPER)) == count


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_document_and_one_job(empty_queue: None) -> None:
    ready, found, faults = threading.Barrier(4), [], []

    def one() -> None:
        try:
            ready.wait(10)
            found.append(ask())
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len({each.id for each in found}) == 1
    assert sorted(each.reused for each in found) == [False, True, True, True]
    assert Document.objects.count() == 1
    assert work_off() == 1


def _killed(step: str, document_id: str) -> None:
    """A child process makes the document and is killed for good right before or after a step."""
    connection.close()
    child = os.fork()
    if child == 0:
        name, _, when = step.partition(":")
        real = getattr(making, name)

        def die(*arguments: Any, **options: Any) -> Any:
            result = real(*arguments, **options) if when == "after" else None
            os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(making, name, die)
        try:
            making.make(progress=Progress(), document_id=document_id)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "step",
    [
        "keep:before", "keep:after", "attach:before", "attach:after",
        "record:before", "record:after", "_finish:before", "_finish:after",
    ],
)  # fmt: skip
def test_a_kill_at_any_step_and_a_second_run_give_one_file(step: str, empty_queue: None) -> None:
    asked = ask()
    _killed(step, str(asked.id))
    committed = step == "_finish:after"
    assert view(asked).state == ("made" if committed else "asked")
    assert Attachment.objects.count() == Content.objects.count() == int(committed)
    making.make(progress=Progress(), document_id=str(asked.id))
    made = view(asked)
    assert made.ready and files.read_kept(made.sha256) == "txt：五".encode()
    assert (Attachment.objects.count(), Content.objects.count()) == (1, 1)
    deeds = [line.deed for line in audit.history(events.KIND, str(asked.id)).lines]
    assert sorted(deeds) == sorted(["申请生成", "附上了文件，对象是", "生成了"])

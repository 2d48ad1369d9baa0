"""What a crash leaves behind, and what comes in by headers: nothing half, nothing lost, nothing that breaks a page."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from youju.foundation.files import caring, selectors, services
from youju.foundation.files.models import Attachment, Content
from youju.foundation.files.sending import file_response
from youju.foundation.files.stores import store
from youju.foundation.files.stores.folder import FolderStore
from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

PAPER = Subject("test.paper", "1", "第一份文件")
pytestmark = pytest.mark.django_db


def _in_a_child(work: Callable[[], object]) -> None:
    """Run in a forked process that ends by SIGKILL of its own hand."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _dying(real: Callable[..., Any], when: str) -> Callable[..., Any]:
    def die(*arguments: Any, **options: Any) -> None:
        if when == "after":
            real(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


# The S3 server of the tests lives in this process, so the child of a fork could not be told from it.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("each_store", ["folder"], indirect=True)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (services, "_copy"),
        (services, "kind_of"),
        (services, "_lock"),
        (FolderStore, "put"),
        (Path, "rename"),
        (os, "fsync"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_kill_while_keeping_leaves_nothing_half(
    each_store: str, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, when: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, _dying(getattr(owner, name), when))
        _in_a_child(lambda: services.keep(b"content", name="a.txt", purpose="evidence"))
    assert not Content.objects.exists()
    assert [fault for fault in caring.check_store()[1] if fault.what != "unknown"] == []
    kept = services.keep(b"content", name="a.txt", purpose="evidence")
    assert selectors.read_kept(kept.sha256) == b"content"
    # After the grace, nothing but that one file is left.
    long_ago = time.time() - 100 * 3600
    for path in (places.var() / "files").rglob("*"):
        if path.is_file() and path.name != kept.sha256:
            os.utime(path, (long_ago, long_ago))
    caring.collect_orphans()
    assert [path.name for path in (places.var() / "files").rglob("*") if path.is_file()] == [kept.sha256]


@pytest.mark.django_db(transaction=True)
def test_collecting_refuses_to_run_inside_a_transaction(each_store: str) -> None:
    """A file cannot be rolled back: its row would return without it."""
    kept = services.keep(b"loose", name="a.txt", purpose="evidence")
    Content.objects.update(kept_at=timezone.now() - timedelta(hours=100))
    with pytest.raises(RuntimeError), transaction.atomic():
        caring.collect_orphans()
    assert selectors.read_kept(kept.sha256) == b"loose"
    assert caring.collect_orphans()["contents"] == 1


def test_files_of_others_in_the_store_are_left_alone(
    each_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = services.keep(b"ours", name="a.txt", purpose="evidence")
    services.attach(sha256=kept.sha256, subject=PAPER, name="a.txt", role="evidence")
    place = store()
    if isinstance(place, FolderStore):
        (place.root / "ab" / "cd").mkdir(parents=True)
        foreign = place.root / "ab" / "cd" / "readme.txt"
        foreign.write_text("x")
        os.utime(foreign, (0, 0))
    else:
        import obstore

        obstore.put(place.remote, "ab/cd/readme.txt", b"x")  # type: ignore[attr-defined]
    assert [name for name, _ in place.names()] == [kept.sha256]
    later = timezone.now() + timedelta(hours=100)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert caring.collect_orphans()["files"] == 0


def test_collecting_asks_the_database_in_batches(
    each_store: str, django_assert_max_num_queries: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        kept = services.keep(b"content %d" % number, name="a.txt", purpose="evidence")
        services.attach(sha256=kept.sha256, subject=PAPER, name=f"{number}.txt", role="evidence")
    names = [(name, datetime(2000, 1, 1, tzinfo=UTC)) for name, _ in store().names()]
    monkeypatch.setattr(type(store()), "names", lambda _self: iter(names))
    with django_assert_max_num_queries(6):
        assert caring.collect_orphans() == {"contents": 0, "files": 0, "uploads": 0}
    assert Attachment.objects.count() == 30


@pytest.mark.parametrize(
    "header",
    [
        "bytes=\u00b2-",
        "bytes=" + "9" * 5000 + "-",
        "bytes=-" + "9" * 5000,
        "bytes=0-" + "9" * 5000,
        "bytes=-",
        "x",
    ],
)
def test_no_range_breaks_the_answer(each_store: str, header: str) -> None:
    kept = services.keep(b"0123456789", name="a.txt", purpose="evidence")
    response = file_response(RequestFactory().get("/", headers={"range": header}), kept)
    assert response.status_code in (200, 206, 416)
    list(response)


def test_a_file_of_another_size_is_refused_when_opened() -> None:
    kept = services.keep(b"0123456789", name="a.txt", purpose="evidence")
    place = store()
    assert isinstance(place, FolderStore)
    path = place.path(kept.sha256)
    path.chmod(0o600)
    path.write_bytes(b"0123")
    with pytest.raises(InputError, match="损坏"):
        file_response(RequestFactory().get("/"), kept)
    with pytest.raises(InputError, match="损坏"):
        selectors.read_kept(kept.sha256)
    place.delete(kept.sha256)


@pytest.mark.parametrize(
    ("url", "words"),
    [("ftp://x/y", "不是能用的文件存储地址"), ("s3://bucket/prefix", "没有安装对象存储所需的程序库")],
)
def test_a_store_that_cannot_be_had_is_one_sentence(
    url: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUJU_FILES_URL", url)
    for module in ("obstore", "obstore.store"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=words):
        store()

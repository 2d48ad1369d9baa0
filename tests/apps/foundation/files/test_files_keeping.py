"""Keeping, attaching, collecting: the same for a folder and for an S3-compatible store."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from youju.foundation.audit import selectors as audit
from youju.foundation.files import caring, selectors, services
from youju.foundation.files.models import Content
from youju.foundation.files.names import clean
from youju.foundation.files.sending import file_response
from youju.foundation.files.stores import store
from youju.foundation.files.stores.folder import FolderStore
from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

PAPER = Subject("test.paper", "1", "第一份文件")
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
pytestmark = pytest.mark.django_db


def zipped(*members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return file.getvalue()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1))
def test_what_goes_in_comes_out(each_store: str, text: str) -> None:
    content = text.encode()
    kept = services.keep(content, name="a.txt", purpose="evidence")
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert selectors.read_kept(kept.sha256) == content
    assert selectors.describe(kept.sha256).size == len(content)


def test_a_large_content_is_streamed(each_store: str) -> None:
    content = PNG * 1_000_000  # 15 MB: several pieces, several parts
    kept = services.keep(io.BytesIO(content), name="大图.png", purpose="evidence")
    assert selectors.read_kept(kept.sha256) == content
    assert caring.check_store() == (1, [])


def test_the_same_content_is_kept_once(each_store: str) -> None:
    one = services.keep(PNG, name="甲.png", purpose="evidence")
    two = services.keep(PNG, name="乙.png", purpose="evidence")
    assert one.sha256 == two.sha256 and (one.name, two.name) == ("甲.png", "乙.png")
    assert Content.objects.count() == 1
    assert [name for name, _ in store().names()] == [one.sha256]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PNG, "x", "png"),
        (b"\xff\xd8\xff\xe0", "x.png", "jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "x", "webp"),
        (b"%PDF-1.7", "x.docx", "pdf"),
        (zipped("word/document.xml"), "x", "docx"),
        (zipped("xl/workbook.xml"), "x.zip", "xlsx"),
        (zipped("ppt/presentation.xml"), "x", "pptx"),
        (zipped("OFD.xml"), "x", "ofd"),
        ("甲,乙".encode("gb18030"), "x.CSV", "csv"),
        ("﻿甲".encode(), "x", "text"),
        ("甲".encode("utf-16"), "x", "text"),
    ],
)
def test_kinds_are_told_by_content(each_store: str, content: bytes, name: str, kind: str) -> None:
    assert services.keep(content, name=name, purpose="evidence").kind.code == kind


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"<!DOCTYPE html><p>", "x.txt", "网页"),
        (b'<?xml version="1.0"?><svg onload="x()">', "x.png", "SVG"),
        (b"MZ\x90\x00", "x.pdf", "程序"),
        (b"#!/bin/sh\n", "x.txt", "程序"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "x.docx", "带宏"),
        (zipped("readme"), "x.docx", "压缩包"),
        (b"\x00\x01\x02", "x.txt", "不认识"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.doc", "旧版"),
        (b"PK\x03\x04broken", "x.docx", "不认识"),
    ],
)
def test_what_evidence_does_not_take_is_refused_by_name(
    each_store: str, content: bytes, name: str, word: str
) -> None:
    with pytest.raises(InputError, match=word) as told:
        services.keep(content, name=name, purpose="evidence")
    assert told.value.status == 415
    assert not Content.objects.exists() and not list(store().names())
    assert not list((places.var() / "files" / "incoming").iterdir())


def test_the_limit_holds_to_the_byte(each_store: str) -> None:
    limit = 10_485_760
    services.keep(PNG.ljust(limit, b"\x00"), name="a.png", purpose="picture")
    with pytest.raises(InputError, match="超过 10 MB") as told:
        services.keep(PNG.ljust(limit + 1, b"\x00"), name="a.png", purpose="picture")
    assert told.value.status == 413
    with pytest.raises(InputError, match="是空的"):
        services.keep(b"", name="a.png", purpose="picture")


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\账\\表.xlsx", "表.xlsx"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("  .  ", "未命名"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie_ x"),
        ("甲" * 300 + ".docx", "甲" * 195 + ".docx"),
    ],
)
def test_names_are_data(given_name: str, shown: str) -> None:
    assert clean(given_name) == shown


def test_a_store_takes_no_path() -> None:
    for name in ("../x", "a" * 63, "A" * 64, ""):
        with pytest.raises(ValueError, match="sha256"):
            FolderStore(Path("/nowhere")).open(name)


def test_attaching_and_releasing_are_on_the_trail(each_store: str) -> None:
    kept = services.keep(PNG, name="证.png", purpose="evidence")
    one = services.attach(sha256=kept.sha256, subject=PAPER, name=kept.name, role="evidence")
    assert services.attach(sha256=kept.sha256, subject=PAPER, name=kept.name, role="evidence").id == one.id
    assert [each.name for each in selectors.attachments(PAPER)] == ["证.png"]
    assert services.release(subject=PAPER) == 1
    assert selectors.attachments(PAPER) == []
    deeds = [line.deed for line in audit.history("test.paper", "1").lines]
    assert deeds == ["去掉了文件，对象是", "附上了文件，对象是"]
    with pytest.raises(InputError, match="不在了"):
        services.attach(sha256="0" * 64, subject=PAPER, name="x", role="evidence")


def age(*, hours: int) -> None:
    Content.objects.update(kept_at=timezone.now() - timedelta(hours=hours))


def test_only_what_is_old_and_unreferenced_is_collected(each_store: str) -> None:
    held = services.keep(PNG, name="a.png", purpose="evidence")
    services.attach(sha256=held.sha256, subject=PAPER, name="a.png", role="evidence")
    loose = services.keep(b"loose", name="b.txt", purpose="evidence")
    age(hours=47)
    assert caring.collect_orphans() == {"contents": 0, "files": 0, "uploads": 0}
    age(hours=49)
    assert caring.collect_orphans()["contents"] == 1
    assert [name for name, _ in store().names()] == [held.sha256]
    assert selectors.describe(loose.sha256) is None
    services.keep(b"loose", name="b.txt", purpose="evidence")
    assert selectors.read_kept(loose.sha256) == b"loose"


def test_missing_and_damaged_contents_are_found() -> None:
    one = services.keep(b"one", name="a.txt", purpose="evidence")
    two = services.keep(b"two", name="b.txt", purpose="evidence")
    place = store()
    assert isinstance(place, FolderStore)
    place.delete(one.sha256)
    path = place.path(two.sha256)
    path.chmod(0o600)
    path.write_bytes(b"tw0")
    _, faults = caring.check_store()
    assert {(each.what, each.sha256) for each in faults} >= {("missing", one.sha256), ("damaged", two.sha256)}
    with pytest.raises(InputError, match="不见了"):
        selectors.read_kept(one.sha256)
    place.delete(two.sha256)


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_at_most_a_file_without_a_row(each_store: str) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.keep(b"gone", name="a.txt", purpose="evidence")
        raise ZeroDivisionError
    assert not Content.objects.exists()
    kept = services.keep(b"gone", name="a.txt", purpose="evidence")
    assert selectors.read_kept(kept.sha256) == b"gone"


@pytest.mark.django_db(transaction=True)
def test_keeping_and_collecting_at_once_never_leaves_a_row_without_its_file(each_store: str) -> None:
    stop, faults = threading.Event(), []

    def collect() -> None:
        try:
            while not stop.is_set():
                age(hours=100)
                caring.collect_orphans()
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    collector = threading.Thread(target=collect)
    collector.start()
    try:
        for number in range(25):
            content = b"content %d" % (number % 3)
            with transaction.atomic():
                kept = services.keep(content, name="a.txt", purpose="evidence")
                services.attach(sha256=kept.sha256, subject=Subject("t.t", str(number)), name="a", role="r")
            assert selectors.read_kept(kept.sha256) == content
            services.release(subject=Subject("t.t", str(number)))
    finally:
        stop.set()
        collector.join()
    assert not faults
    assert [each for each in caring.check_store()[1] if each.what != "unknown"] == []


def test_sending_knows_ranges_and_unchanged_files(each_store: str) -> None:
    kept = services.keep(b"0123456789", name="甲 1.txt", purpose="evidence")
    web = RequestFactory()

    def ask(**headers: str) -> tuple[int, bytes, object]:
        answer = file_response(web.get("/", headers=headers), kept, inline=True)
        body = b"".join(answer) if answer.streaming else answer.content
        return answer.status_code, body, answer

    status, body, answer = ask()
    assert (status, body) == (200, b"0123456789")
    assert (
        "attachment" in answer["Content-Disposition"] and "%E7%94%B2%201.txt" in answer["Content-Disposition"]
    )
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    assert ask(Range="bytes=2-4")[:2] == (206, b"234")
    assert ask(Range="bytes=7-")[:2] == (206, b"789")
    assert ask(Range="bytes=-2")[:2] == (206, b"89")
    assert ask(Range="bytes=5-99")[:2] == (206, b"56789")
    assert ask(Range="bytes=10-")[0] == 416
    assert ask(Range="lines=1-2")[:2] == (200, b"0123456789")
    assert ask(**{"If-None-Match": f'"{kept.sha256}"'})[:2] == (304, b"")

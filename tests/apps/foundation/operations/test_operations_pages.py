"""The pages of those who keep the system: health, jobs, the trail."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from youju.foundation.audit import witness
from youju.foundation.audit.models import Entry
from youju.foundation.audit.services import record, record_many
from youju.foundation.audit.subjects import register_kind
from youju.foundation.audit.verbs import verb
from youju.foundation.identity.models import Organisation, User
from youju.foundation.jobs.models import Run
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.logs import JsonLines
from youju.foundation.kernel.subjects import Subject
from youju.foundation.operations import metrics, selectors, slow
from youju.foundation.operations.jobs import verify_trail

pytestmark = pytest.mark.django_db
DONE = verb("test.thing.done", "处理了")


def person(username: str, role: str) -> User:
    office, _ = Organisation.objects.get_or_create(code="OPS", defaults={"name": "某中心", "kind": "centre"})
    return User.objects.create(
        username=username,
        display_name=username.title(),
        organisation=office,
        roles=[role],
        must_change_password=False,
    )


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(person("shen", "AUD"))
    return client


@pytest.fixture
def deeds() -> None:
    register_kind("test.thing", "事项", url=lambda key: f"/thing/{key}/", fields={"state": "状态"})
    with acting(actor="wang", actor_name="王芳", request_id="r-1"), transaction.atomic():
        record(DONE, Subject("test.thing", "1", "第一件"), {"state": "旧"}, {"state": "新"}, reason="核对")
    with acting(actor="li", actor_name="李明", request_id="r-2"), transaction.atomic():
        record(DONE, Subject("test.thing", "2", "第二件"), None, {"state": "新"})


class TestTrail:
    def test_in_plain_words_with_links(self, auditor: Client, deeds: None) -> None:
        page = auditor.get("/system/audit/").content.decode()
        assert "王芳" in page and "处理了" in page and "状态：旧 → 新" in page and "/thing/1/" in page

    @pytest.mark.parametrize(
        "query",
        ["kind=test.thing&key=1", "actor=wang", "request_id=r-1", "text=第一", "text=核对"],
    )
    def test_filters(self, auditor: Client, deeds: None, query: str) -> None:
        page = auditor.get(f"/system/audit/?{query}").content.decode()
        assert "第一件" in page and "第二件" not in page

    def test_by_day_both_included(self, auditor: Client, deeds: None) -> None:
        today = timezone.localdate()
        assert "第一件" in auditor.get(f"/system/audit/?since={today}&until={today}").content.decode()
        assert (
            "第一件" not in auditor.get(f"/system/audit/?until={today - timedelta(days=1)}").content.decode()
        )

    def test_one_entry_tells_its_change_and_its_neighbours(self, auditor: Client, deeds: None) -> None:
        row = Entry.objects.get(subject_key="1", verb=DONE.code)
        page = auditor.get(f"/system/audit/{row.segment}/{row.position}/").content.decode()
        assert bytes(row.hash).hex() in page and "同段后一条" in page and "旧" in page
        assert auditor.get("/system/audit/999/1/").status_code == 404

    def test_an_export_is_itself_on_the_trail(self, auditor: Client, deeds: None) -> None:
        answer = auditor.get("/system/audit/?actor=wang&export=csv")
        assert "第一件" in b"".join(answer).decode("utf-8-sig")
        row = Entry.objects.get(verb="shell.list.exported")
        assert row.actor == "shen" and "actor=wang" in row.after

    def test_the_head_reads_and_does_not_export(self, client: Client, deeds: None) -> None:
        client.force_login(person("head", "HED"))
        assert client.get("/system/audit/").status_code == 200
        assert client.get("/system/audit/?export=csv").status_code == 403
        assert client.post("/system/audit/verify/").status_code == 403

    def test_the_cost_does_not_grow(self, auditor: Client, django_assert_max_num_queries: Any) -> None:
        with transaction.atomic():
            record_many(
                DONE, [(Subject("test.thing", str(n), f"第{n}件"), None, {"n": n}) for n in range(500)]
            )
        auditor.get("/system/audit/")
        with django_assert_max_num_queries(6):
            auditor.get("/system/audit/?page=3")

    def test_the_order_walks_the_index(self, deeds: None) -> None:
        from youju.foundation.audit import selectors as trail
        from youju.foundation.operations.web.audit import LISTING
        from youju.foundation.shell.listing.ordering import ordered

        rows = ordered(LISTING, trail.entries(), LISTING.order)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + str(rows.query) + " LIMIT 20")
            plan = " ".join(line for (line,) in cursor.fetchall())
        assert "Index Scan using audit_entry_at" in plan and "Sort" not in plan

    def test_verification_is_a_job(self, auditor: Client, deeds: None) -> None:
        answer = auditor.post("/system/audit/verify/")
        run = Run.objects.get(code="audit.verify")
        assert answer.url == f"/system/jobs/{run.pk}/"
        auditor.post("/system/audit/verify/")
        assert Run.objects.filter(code="audit.verify").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_verification_tells_its_result(
    deeds: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Other tests share the witness files of this checkout, and roll their trails back.
    monkeypatch.setattr(witness, "folder", lambda: tmp_path)
    monkeypatch.setenv("YOUJU_AUDIT_ROOTS", str(tmp_path / "roots"))
    result = verify_trail(progress=lambda *_: None)
    assert result["faults"] == 0 and result["entries"] == 2
    assert Entry.objects.filter(verb="audit.trail.verified").count() == 1


class TestJobs:
    def test_a_run_is_for_who_asked_and_who_watches(self, auditor: Client) -> None:
        with acting(actor="wang"):
            number = enqueue(verify_trail, title="核对一次")
        assert "核对一次" in auditor.get(f"/system/jobs/{number}/").content.decode()
        asker, other = Client(), Client()
        asker.force_login(person("wang", "STF"))
        other.force_login(person("li", "STF"))
        assert asker.get(f"/system/jobs/{number}/").status_code == 200
        assert other.get(f"/system/jobs/{number}/").status_code == 403
        fragment = asker.get(
            f"/system/jobs/{number}/", headers={"HX-Request": "true", "HX-Target": "job-state"}
        )
        assert (
            "<html" not in fragment.content.decode() and 'hx-trigger="every 2s"' in fragment.content.decode()
        )

    def test_cancel_and_retry(self, client: Client) -> None:
        number = enqueue(verify_trail)
        client.force_login(person("adm", "ADM"))
        page = client.get(f"/system/jobs/{number}/").content.decode()
        assert "取消" in page
        assert client.post(f"/system/jobs/{number}/cancel/").status_code == 302
        assert Run.objects.get().state == "cancelled"
        client.post(f"/system/jobs/{number}/cancel/")
        assert "不能取消" in client.get(f"/system/jobs/{number}/").content.decode()
        assert "核对审计记录" in client.get("/system/jobs/").content.decode()


class TestHealth:
    def test_the_overview(self, auditor: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(selectors, "log_file", lambda: tmp_path / "none.log")
        page = auditor.get("/system/").content.decode()
        for word in ("数据库", "磁盘", "最近备份", "审计根", "公布审计根", "没有错误"):
            assert word in page

    def test_what_is_wrong_comes_first_and_says_how_to_mend_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(selectors, "limit", lambda _: 10**9)
        first = selectors.cards()[0]
        assert (first.name, first.tone) == ("磁盘", "error") and "扩容" in first.how

    def test_probes(self, client: Client) -> None:
        assert client.get("/healthz").content == b"ok\n"
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["ready"]) == (200, True)
        assert "checks" not in Client(REMOTE_ADDR="10.0.0.9").get("/readyz").json()

    def test_not_ready_without_a_database(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken() -> bool:
            raise OSError

        monkeypatch.setattr(selectors, "database_answers", broken)
        assert client.get("/readyz").status_code == 503

    def test_metrics_are_not_for_everybody(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        text = client.get("/metrics").content.decode()
        assert "youju_audit_entries" in text and "youju_queue_lag_seconds" in text
        stranger = Client(REMOTE_ADDR="10.0.0.9")
        assert stranger.get("/metrics").status_code == 403
        assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 403
        monkeypatch.setenv("YOUJU_METRICS_TOKEN", "a-long-token")
        assert stranger.get("/metrics", headers={"Authorization": "Bearer a-long-token"}).status_code == 200
        assert stranger.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 403

    def test_requests_are_counted_by_route(self, auditor: Client) -> None:
        auditor.get("/system/jobs/")
        assert 'route="operations:jobs"' in metrics.expose().decode()


class TestLogs:
    def test_a_slow_statement_is_logged_without_its_values(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(slow, "_threshold", lambda *_: 0)
        with caplog.at_level(logging.WARNING, "youju.slow"), connection.cursor() as cursor:
            cursor.execute("SELECT %s", ["private"])
        (line,) = caplog.records
        told = json.loads(JsonLines().format(line))
        assert told["statement"] == "SELECT %s" and "private" not in str(told)

    def test_a_slow_page_is_logged_by_its_route(
        self, auditor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(
            slow, "_threshold", lambda _day, name="": 0 if name == "slow_request_ms" else 10**9
        )
        with caplog.at_level(logging.WARNING, "youju.slow"):
            auditor.get("/system/jobs/")
        assert [record.route for record in caplog.records] == ["operations:jobs"]

    def test_lines_carry_the_circumstances(self) -> None:
        record_ = logging.LogRecord("x", logging.INFO, "", 0, "request", (), None)
        record_.route, record_.secret = "portal:home", "no"
        with acting(request_id="r-9", actor="wang", channel="web"):
            told = json.loads(JsonLines().format(record_))
        assert (told["request_id"], told["actor"], told["route"]) == ("r-9", "wang", "portal:home")
        assert "secret" not in told

    def test_errors_are_found_by_their_request(
        self, auditor: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "youju.log"
        monkeypatch.setattr(selectors, "log_file", lambda: path)
        now = f"{timezone.localtime():%Y-%m-%dT%H:%M:%S}"
        old = "2020-01-01T00:00:00"
        lines = [
            {"at": at, "level": "ERROR", "message": m, "request_id": "r-7"}
            for at, m in ((old, "old one"), (now, "broken"))
        ]
        path.write_bytes(b"\n".join([b"{cut", *(json.dumps(line).encode() for line in lines)]))
        page = auditor.get("/system/").content.decode()
        assert "broken" in page and "r-7" in page and "old one" not in page

"""Sending: signed, at least once under one id, in order for each record, with pauses; a dead endpoint is stopped."""

from __future__ import annotations

import hashlib
import hmac
import os
import socket
import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.models import Run
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.foundation.webhooks import jobs, limits, posting, services
from youju.foundation.webhooks.models import Delivery, Endpoint
from youju.foundation.workflow.selectors import todo_page
from youju.trade.orders import services as orders

pytestmark = pytest.mark.django_db


def deliver(issued):
    return services.deliver_due(endpoint=issued.endpoint.pk)


def rows(**wish):
    with reaching_all():
        return list(Delivery.objects.filter(**wish).order_by("pk"))


def due_again() -> None:
    """The pauses are over."""
    with reaching_all():
        Delivery.objects.filter(state="pending").update(next_try_at=timezone.now() - timedelta(seconds=1))


def register(deal, price: int = 12):
    with as_(deal.merchant) as user:
        return orders.register_order(actor=user, wish=deal.wish(lines=[deal.line(price=Decimal(price))]))


def test_what_arrives_is_signed_and_says_only_what_it_must(deal, listen, hook) -> None:
    issued = listen(deal.agent)
    done = register(deal)
    assert deliver(issued) == {"sent": 1, "failed": 0}
    (came,) = hook.came
    (row,) = rows()
    assert came.path == "/hook?a=1"
    assert came.told == {
        "id": str(row.event),
        "type": "orders.order.registered",
        "occurred_at": timezone.localtime(row.occurred_at).isoformat(),
        "sequence": row.sequence,
        "record": {
            "kind": "orders.order",
            "number": done.number,
            "state_before": None,
            "state_after": "registered",
            "url": f"/api/v1/orders/{done.number}",
        },
    }
    stamp, mark = came.headers["Youju-Signature"].split(",")
    said = stamp.removeprefix("t=").encode() + b"." + came.body
    assert mark == "v1=" + hmac.new(issued.secret.encode(), said, hashlib.sha256).hexdigest()
    assert came.headers["Youju-Event-Id"] == came.told["id"]
    assert (row.state, row.attempts, row.status, row.excerpt) == ("sent", 1, 200, "收到了")
    assert deliver(issued) == {"sent": 0, "failed": 0}


def test_a_failure_is_tried_again_after_a_pause_that_doubles_under_the_same_id(deal, listen, hook) -> None:
    issued = listen(deal.agent)
    register(deal)
    hook.answer = lambda _: 500
    deliver(issued)
    (row,) = rows()
    assert (row.state, row.status) == ("pending", 500)
    assert row.next_try_at - row.tried_at >= limits.pause(1)
    assert deliver(issued) == {"sent": 0, "failed": 0}  # not before its time
    hook.answer = lambda _: 204
    due_again()
    deliver(issued)
    assert len({each.told["id"] for each in hook.came}) == 1
    assert rows()[0].state == "sent"
    assert [limits.pause(n).total_seconds() for n in (1, 2, 3, 40)] == [30, 60, 120, 21600]


def test_after_the_last_attempt_it_is_given_up_and_may_be_sent_once_more(deal, listen, hook, admin) -> None:
    issued = listen(deal.agent)
    register(deal)
    hook.answer = lambda _: 302
    with reaching_all():
        Delivery.objects.update(attempts=limits.attempts() - 1)
    deliver(issued)
    (row,) = rows()
    assert (row.state, row.next_try_at, row.status) == ("failed", None, 302)
    hook.answer = lambda _: 200
    with as_(admin):
        services.redeliver(actor=admin, endpoint=issued.endpoint.pk, delivery=row.pk)
    deliver(issued)
    assert rows()[0].state == "sent"
    assert next(line.entry.verb for line in history("webhooks.endpoint", str(issued.endpoint.pk)).lines) == (
        "webhooks.endpoint.redelivered"
    )


def test_a_redirect_is_not_followed(deal, listen, hook) -> None:
    issued = listen(deal.agent)
    register(deal)
    hook.location, hook.answer = hook.url.replace("/hook", "/inside"), lambda _: 307
    deliver(issued)
    assert [each.path for each in hook.came] == ["/hook?a=1"]
    assert rows()[0].status == 307


def test_a_record_keeps_its_order_and_holds_up_no_other(deal, listen, hook) -> None:
    issued = listen(deal.agent)
    first, second = register(deal), register(deal, 13)
    with as_(deal.agent) as user:
        orders.confirm_order(actor=user, number=first.number)
    hook.answer = lambda came: 500 if came.told["record"]["number"] == first.number else 200
    deliver(issued)
    assert hook.numbers == [first.number, second.number]  # the confirmation of the first waits
    hook.answer = lambda _: 200
    due_again()
    deliver(issued)
    assert [each.told["record"]["state_after"] for each in hook.came[2:]] == ["registered", "confirmed"]


def test_a_receiver_that_is_not_there_ends_the_run(deal, listen) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        issued = listen(deal.agent, url=f"http://127.0.0.1:{free.getsockname()[1]}/")
        register(deal)
        register(deal, 13)
        assert deliver(issued) == {"sent": 0, "failed": 1}
    assert [row.attempts for row in rows()] == [1, 0]
    assert rows()[0].excerpt == "对方拒绝连接"


def test_an_endpoint_that_fails_for_days_is_stopped_and_comes_into_the_to_do_list(
    deal, listen, hook, admin
) -> None:
    issued = listen(deal.agent)
    register(deal)
    with reaching_all():
        Endpoint.objects.update(failing_since=timezone.now() - limits.failing())
    hook.answer = lambda _: 503
    deliver(issued)
    with reaching_all():
        assert Endpoint.objects.get().state == "stopped"
    with as_(admin):
        assert "接收" in [item.subject.label for item in todo_page(admin, limit=10).items]
    due_again()
    assert services.endpoints_due() == []
    with as_(admin):
        services.step_endpoint(actor=admin, endpoint=issued.endpoint.pk, step="resume")
    hook.answer = lambda _: 200
    assert services.endpoints_due() == [issued.endpoint.pk]
    assert deliver(issued) == {"sent": 1, "failed": 0}


def test_two_secrets_sign_for_a_time(deal, listen, hook, admin) -> None:
    issued = listen(deal.agent)
    with as_(admin):
        later = services.rotate_secret(actor=admin, endpoint=issued.endpoint.pk)
    register(deal)
    deliver(issued)
    (came,) = hook.came
    stamp, *marks = came.headers["Youju-Signature"].split(",")
    said = stamp.removeprefix("t=").encode() + b"." + came.body
    assert marks == [
        f"v1={hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()}"
        for secret in (later.secret, issued.secret)
    ]
    with reaching_all():
        Endpoint.objects.update(earlier_until=timezone.now())
    register(deal, 13)
    deliver(issued)
    assert hook.came[1].headers["Youju-Signature"].count("v1=") == 1


def test_what_is_paused_comes_after_it_was_resumed(deal, listen, hook, admin) -> None:
    issued = listen(deal.agent)
    with as_(admin):
        services.step_endpoint(actor=admin, endpoint=issued.endpoint.pk, step="pause")
    register(deal)
    assert deliver(issued) == {"sent": 0, "failed": 0}
    with as_(admin):
        services.step_endpoint(actor=admin, endpoint=issued.endpoint.pk, step="resume")
    assert deliver(issued) == {"sent": 1, "failed": 0}


def test_a_look_asks_for_one_run_for_each_endpoint_that_waits(deal, listen, hook) -> None:
    listen(deal.agent)
    listen(deal.merchant)
    assert jobs.look() == 0
    register(deal)
    assert jobs.look() == jobs.look() == 2
    assert Run.objects.filter(code="webhooks.deliver").count() == 2
    work_off()
    assert len(hook.came) == 2
    assert {run.state for run in Run.objects.filter(code="webhooks.deliver")} == {"done"}
    with CaptureQueriesContext(connection) as seen:
        assert jobs.look() == 0
    assert len([each for each in seen.captured_queries if "set_config" not in each["sql"]]) == 1


def test_a_test_event_arrives(listen, hook, admin) -> None:
    issued = listen(person(Role.AGT, "WH"))
    with as_(admin):
        services.send_test(actor=admin, endpoint=issued.endpoint.pk)
    deliver(issued)
    assert hook.came[0].told["type"] == "webhooks.test"
    assert hook.came[0].told["record"]["state_before"] is None


def test_an_answer_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_WEBHOOKS_LOOPBACK", "1")
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()

        def drip() -> None:
            taken, _ = server.accept()
            with taken:
                while not stop.wait(0.02):
                    try:
                        taken.send(b"H")
                    except OSError:
                        return

        threading.Thread(target=drip, daemon=True).start()
        reply = posting.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, seconds=0.2)
        stop.set()
    assert reply.status is None
    assert "没有回答" in reply.excerpt


def test_old_events_are_forgotten(deal, listen) -> None:
    listen(deal.agent)
    register(deal)
    assert services.clear_old() == 0
    with reaching_all():
        Delivery.objects.update(occurred_at=timezone.now() - limits.keep() - timedelta(seconds=1))
    assert services.clear_old() == 1


@pytest.mark.django_db(transaction=True)
def test_killed_between_the_post_and_its_mark_it_comes_again_under_the_same_id(deal, listen, hook) -> None:
    issued = listen(deal.agent)
    register(deal)
    connection.close()
    child = os.fork()
    if child == 0:  # pragma: no cover - a process of its own, which dies at once
        from youju.foundation.webhooks.services import delivering

        delivering._mark = lambda *_: os._exit(9)  # type: ignore[assignment]
        try:
            deliver(issued)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    (row,) = rows()
    assert (row.state, row.attempts, len(hook.came)) == ("pending", 1, 1)
    assert services.endpoints_due() == []  # not before its pause is over
    due_again()
    assert deliver(issued) == {"sent": 1, "failed": 0}
    assert len({each.told["id"] for each in hook.came}) == 1
    assert len(hook.came) == 2

"""Sample arguments for the addresses of the webhooks room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample
from youju.foundation.identity.models import Organisation
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import seal
from youju.foundation.webhooks.models import Delivery, Endpoint


def _endpoint(code: str) -> Endpoint:
    body = Organisation.objects.create(code=code, name=f"样例接收单位{code}", kind="enterprise")
    with reaching_all():
        return Endpoint.objects.create(
            organisation=body,
            name="样例",
            url="https://hook.example.com/",
            types=["orders.order.confirmed"],
            secret=seal("yjwh_x"),
            created_by="t",
        )


def _delivery(row: Endpoint) -> Delivery:
    with reaching_all():
        return Delivery.objects.create(
            endpoint=row,
            organisation_id=row.organisation_id,
            event=uuid.uuid4(),
            type="orders.order.confirmed",
            kind="orders.order",
            key="1",
            number="T1",
            sequence=1,
            before="registered",
            after="confirmed",
        )


@sample("webhooks:endpoint", "webhooks:endpoint-edit")
def endpoint() -> Arguments:
    return {"endpoint_id": _endpoint("SAMPLE-W1").pk}


@sample("webhooks:delivery")
def delivery() -> Arguments:
    row = _endpoint("SAMPLE-W2")
    return {"endpoint_id": row.pk, "delivery_id": _delivery(row).pk}


@sample(
    "api:webhook_detail",
    "api:webhook_change",
    "api:webhook_remove",
    "api:webhook_take_step",
    "api:webhook_rotate",
    "api:webhook_test",
    "api:webhook_deliveries",
)
def api_endpoint() -> Arguments:
    return {"endpoint": _endpoint("SAMPLE-W4").pk}


@sample("api:webhook_redeliver")
def api_delivery() -> Arguments:
    row = _endpoint("SAMPLE-W5")
    return {"endpoint": row.pk, "delivery": _delivery(row).pk}

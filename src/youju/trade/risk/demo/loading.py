"""The demo's hits: the scan over the demo year, then what people did with some of them; one appeal waits for its answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel import places
from youju.foundation.kernel.context import acting, reaching_all
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.risk.lifecycle import APPEALED, DISPOSED, FOUND
from youju.trade.risk import services
from youju.trade.risk.models import Draw, Hit, Lane, Scan

FIRST, AFTER = date(2023, 1, 1), date(2024, 1, 1)
_AGO = timedelta(days=3)


def load(*, today: date | None = None) -> bool:
    """Scan the demo year, dispose of what ``demo/trade/risk.yaml`` names, give lanes; whether anything was loaded."""
    day = today or timezone.localdate()
    with reaching_all(), transaction.atomic():
        if Scan.objects.exists():
            return False
        services.scan_window(since=FIRST, until=min(AFTER, day + timedelta(days=1)), is_demo=True)
        if not Hit.objects.exists():
            return True
        table = yaml.load((places.DEMO / "trade" / "risk.yaml").read_bytes(), yaml.CSafeLoader)
        _dispose(table["deeds"])
        _assign(int(table["assigned"]))
        _appeal()
        services.decide_lanes(today=day, is_demo=True)
        Draw.objects.filter(lanes__in=Lane.objects.filter(is_demo=True)).update(is_demo=True)
    return True


def _dispose(deeds: list[dict[str, Any]]) -> None:
    head, officer = user_named("demo-hed"), user_named("demo-stf")
    if head is None or officer is None:
        return
    for deed in deeds:
        row = (
            Hit.objects.filter(rule=deed["rule"], places__contains=[deed["place"]], state=FOUND)
            .order_by("pk")
            .first()
        )
        if row is None:
            continue
        with acting(actor=head.username, actor_name=head.display_name):
            services.assign_hits(actor=head, hits=[row.pk], to=officer.username)
        with acting(actor=officer.username, actor_name=officer.display_name):
            services.dispose_hit(
                actor=officer, hit=row.pk, conclusion=deed["conclusion"], grounds=deed["grounds"]
            )


def _assign(count: int) -> None:
    head = user_named("demo-hed")
    wanted = list(
        Hit.objects.filter(state=FOUND).order_by("-points", "pk").values_list("pk", flat=True)[:count]
    )
    if head is None or not wanted:
        return
    with acting(actor=head.username, actor_name=head.display_name):
        try:
            services.assign_hits(actor=head, hits=wanted)
        except InputError:  # nobody in one of the sections: the rest of the demo stands without it
            return


def _appeal() -> None:
    """A party with an account of the demo does not accept a conclusion."""
    officer, head = user_named("demo-stf"), user_named("demo-hed")
    for name in ("demo-mer", "demo-agt"):
        user = user_named(name)
        if user is None or officer is None or head is None:
            continue
        own = Hit.objects.filter(organisations__contains=[user.organisation_id or 0])
        row = own.filter(state=DISPOSED).first() or own.filter(state=FOUND).order_by("pk").first()
        if row is None:
            continue
        if row.state == FOUND:
            services.assign_hits(actor=head, hits=[row.pk], to=officer.username)
            services.dispose_hit(
                actor=officer, hit=row.pk, conclusion="genuine", grounds="单证与实物不符，经办人现场核对。"
            )
        with acting(actor=user.username, actor_name=user.display_name):
            services.appeal_hit(actor=user, hit=row.pk, words="已补交合同和付款凭证，请重新核对。")
        Hit.objects.filter(pk=row.pk, state=APPEALED).update(appealed_at=timezone.now() - _AGO)
        return

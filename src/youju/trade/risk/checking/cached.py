"""The newest peers' statistics in the memory of a process: they change once a night, and every order asks them."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from django.utils import timezone

from youju.analytics.risk.peers import Peers
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.risk.models import PeerVersion
from youju.trade.risk.services.scanning import known_peers

Key = tuple[str, str, str]
_ONE = threading.Lock()
_kept: tuple[float, int, Mapping[Key, Peers]] | None = None


def newest_peers() -> Mapping[Key, Peers]:
    """(basis, HS6, unit) → peers of the newest version. No query for minutes; then one, or two where there is a newer version."""
    global _kept  # noqa: PLW0603 - one cache for the process
    now = time.monotonic()
    with _ONE:
        if _kept is not None and now < _kept[0]:
            return _kept[2]
        version = PeerVersion.objects.order_by("-pk").first()
        again = now + whole(law_on(timezone.localdate()), "trade.risk.peers_seconds")
        number = version.pk if version else 0
        if _kept is not None and _kept[1] == number:
            rows = _kept[2]
        else:
            rows = {(each.basis, each.hs6, each.unit): each for each in known_peers(version)}
        _kept = (again, number, rows)
        return rows


def forget_peers() -> None:
    """Read them anew at the next question: after a scan in this process, and in tests."""
    global _kept  # noqa: PLW0603 - one cache for the process
    with _ONE:
        _kept = None

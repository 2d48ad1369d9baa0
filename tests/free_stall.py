"""``python tests/free_stall.py MARKET`` with ``YOUJU_VAR`` of a running product: a stall of the market that nobody holds."""

from __future__ import annotations

import sys

from youju.foundation.database.ready import django_ready

if __name__ == "__main__":
    with django_ready():
        from youju.foundation.kernel.context import reaching_all
        from youju.trade.parties.models import Stall

        with reaching_all():
            free = Stall.objects.filter(market__code=sys.argv[1]).exclude(tenancies__valid_to=None)
            sys.stdout.write(free.order_by("pk").values_list("number", flat=True)[0])

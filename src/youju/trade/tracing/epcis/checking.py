"""Whether a document keeps the rules of EPCIS 2.0, by a schema of our own written from the published one's rules."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

_SCHEMA = Path(__file__).with_name("epcis-2.0.schema.json")


@cache
def validator() -> Draft202012Validator:
    """The validator, made once."""
    return Draft202012Validator(
        json.loads(_SCHEMA.read_text(encoding="utf-8")), format_checker=FormatChecker()
    )


def faults(document: Any) -> list[str]:
    """What is wrong with a document, as place and reason; empty where it is valid."""
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in validator().iter_errors(document)
    ]

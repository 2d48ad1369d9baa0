"""The authored table of the demo's applications: ``demo/funds/claims.yaml``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import yaml
from django.utils import timezone

from youju.foundation.kernel import places


def rounds() -> list[dict[str, Any]]:
    """The rounds with their days; ``shown_ago`` counts working life back from today, for what is under way now."""
    file = places.DEMO / "funds" / "claims.yaml"
    found: list[dict[str, Any]] = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)["rounds"]
    for each in found:
        if "ago" in each:
            each["day"] = timezone.localdate() - timedelta(days=each["ago"])
            if "shown_ago" in each:
                each["shown_on"] = timezone.localdate() - timedelta(days=each["shown_ago"])
        assert isinstance(each["day"], date)  # noqa: S101 - YAML reads days
    return found

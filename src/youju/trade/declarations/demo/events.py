"""That the demo year was loaded, as the trail says it."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

DEMO_KIND = "declarations.demo"
DEMO_LOADED = verb("declarations.demo.loaded", "载入了")
FIELDS = {"orders": "交易单", "packings": "装箱批数", "declarations": "报关单", "seed": "种子"}
"""The Chinese names of what the trail keeps of it."""

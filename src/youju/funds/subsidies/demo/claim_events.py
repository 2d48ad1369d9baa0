"""What loading the demo's applications is called in the trail."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

DEMO_KIND = "subsidies.demo"
DEMO_LOADED = verb("subsidies.demo.loaded", "载入了")
DEMO_FIELDS = {"applications": "申请", "seed": "种子"}

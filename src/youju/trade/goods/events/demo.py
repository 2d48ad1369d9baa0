"""The deeds of this room, and what its records are called in the trail."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

DEMO_KIND = "goods.demo"
DEMO_LOADED = verb("goods.demo.loaded", "载入了")

"""The deeds of this room."""

from youju.foundation.audit.verbs import verb

LAKE = "metrics.lake"
REFRESHED = verb("metrics.lake.refreshed", "刷新了")
VERIFIED = verb("metrics.lake.verified", "核对了")

"""What the audit trail says of jobs."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

KIND = "jobs.run"
CANCELLED = verb("jobs.run.cancelled", "取消了")
RETRIED = verb("jobs.run.retried", "重新发起了")

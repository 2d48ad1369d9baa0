"""What the audit trail says of backups."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

KIND = "backup.archive"
ASIDE = "backup.aside"
STARTED = verb("backup.archive.started", "开始写出数据备份")
RESTORED = verb("backup.archive.restored", "恢复了数据备份")
CLEANED = verb("backup.aside.cleaned", "删去了恢复时留下的旧数据")

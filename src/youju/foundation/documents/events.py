"""What the audit trail says of documents."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

KIND = "documents.document"
ROLE = "file"
"""In which role the file hangs on its document."""
REQUESTED = verb("documents.document.requested", "申请生成")
REUSED = verb("documents.document.reused", "再次取用了")
MADE = verb("documents.document.made", "生成了")
CLEARED = verb("documents.document.cleared", "按保留期限清理了")

"""The deeds of this room itself."""

from youju.foundation.audit.verbs import verb

EXPORTED = verb("audit.trail.exported", "导出了", reads=True)
# Said by older entries; since then every list says it of itself (shell.list.exported).
LIST_EXPORTED = verb("audit.list.exported", "导出了筛选后的", reads=True)
VERIFIED = verb("audit.trail.verified", "核对了")
ROOT_PUBLISHED = verb("audit.root.published", "公布了")

"""What each action of this room asks for, by name; who holds it stands in the identity room."""

from __future__ import annotations

from youju.foundation.identity.permissions import Permission

VIEW = Permission.TARGETS_VIEW
IMPORT = Permission.TARGETS_IMPORT
EDIT = Permission.TARGETS_EDIT
EXPORT = Permission.TARGETS_EXPORT
VIEW_FINDINGS = Permission.FINDINGS_VIEW

"""What each page of this room asks for, by name. An import itself asks for the permission that it declares."""

from __future__ import annotations

from youju.foundation.identity.permissions import Permission

OWN = Permission.ACCOUNT_OWN
VIEW = Permission.IMPORTS_VIEW
UNDO = Permission.IMPORTS_UNDO

"""What each page of this room asks for, by name; who holds it stands in the identity room."""

from __future__ import annotations

from youju.foundation.identity.permissions import Permission

OWN = Permission.TODO_OWN
VIEW = Permission.WORKFLOW_VIEW
MANAGE_ABSENCES = Permission.ABSENCES_MANAGE

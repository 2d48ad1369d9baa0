"""Who may ask for a document: its template says. This room lies below identity and asks through the shell's setting."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.module_loading import import_string

from youju.foundation.documents.templates import Template


def require(actor: Any, template: Template) -> None:
    """Stop whoever may not ask for the template's documents.

    Raises:
        PermissionDenied: with a Chinese sentence; the web answers 403.
    """
    allowed = import_string(settings.SHELL_PERMISSION_CHECK)
    if template.permission and not allowed(actor, template.permission):
        raise PermissionDenied(f"您的账号没有生成“{template.title}”的权限，如工作需要请联系系统管理员。")

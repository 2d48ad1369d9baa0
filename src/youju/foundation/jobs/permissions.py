"""What managing jobs asks for. This room lies below identity: who holds it is asked through the setting that the shell uses."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.module_loading import import_string

# The value of identity's Permission.JOBS_MANAGE; a test holds them together.
MANAGE = "jobs.manage"


def require(actor: Any, permission: str) -> None:
    """Stop a service that the actor may not call.

    Raises:
        PermissionDenied: with a Chinese sentence; the web answers 403.
    """
    allowed = import_string(settings.SHELL_PERMISSION_CHECK)
    if not allowed(actor, permission):
        raise PermissionDenied("您的账号没有“重试或取消后台任务”的权限，如工作需要请联系系统管理员。")

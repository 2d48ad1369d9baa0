"""What waits for me."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.workflow import permissions, selectors

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@permission_required(permissions.OWN)
@require_safe
def todo_list(request: HttpRequest) -> HttpResponse:
    """My to-do list: the late ones first, then by day; those of colleagues for whom I stand in are marked."""
    items = selectors.todo(cast("User", request.user))
    late = sum(item.late for item in items)
    context = {
        "items": items,
        "late": late,
        "cut": len(items) >= selectors.TODO_MOST,
        "most": selectors.TODO_MOST,
    }
    return render(request, "workflow/todo.html", context)

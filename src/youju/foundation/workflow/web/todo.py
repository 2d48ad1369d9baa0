"""What waits for me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.keeping import kept
from youju.foundation.workflow import permissions, selectors


@permission_required(permissions.OWN)
@require_safe
@kept()
def todo_list(request: HttpRequest) -> HttpResponse:
    """My to-do list: the late ones first, then by day; those of colleagues for whom I stand in are marked."""
    page = selectors.todo_page(permissions.actor_of(request))
    return render(request, "workflow/todo.html", {"page": page, "items": page.items})

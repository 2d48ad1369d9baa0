"""The department's goals, safeguards, and which project serves which sub-goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.keeping import kept
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.web.choosing import (
    chosen_set,
    required_set,
    version_bar,
    year_links,
    year_query,
)

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet


@require_safe
@permission_required(permissions.VIEW)
@kept()
def department(request: HttpRequest) -> HttpResponse:
    """Goals, sub-goals with the projects that serve them, safeguards."""
    target_set = chosen_set(request.GET)
    if target_set is None:
        may_import = allowed(request.user, permissions.IMPORT)
        return render(request, "targets/nothing.html", {"may_import": may_import})
    return render(
        request,
        "targets/department.html",
        {
            "page": selectors.department_page(target_set),
            "target_set": target_set,
            "query": year_query(request),
            "years": year_links(request, target_set),
            "bar": version_bar(target_set),
            "may_edit": target_set.state == "draft" and allowed(request.user, permissions.EDIT),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def serves(request: HttpRequest) -> HttpResponse:
    """The table of boxes: projects down, sub-goals across."""
    target_set = required_set(request)
    if request.method == "POST":
        try:
            number = request.POST.get("set", "")
            if number != str(target_set.pk):
                raise InputError("绩效目标已有新版本", how="请重新打开本页，在新版本上勾选", status=409)
            services.assign_subgoals(
                actor=permissions.actor_of(request),
                target_set_id=target_set.pk,
                serves=_ticked(request.POST, target_set),
            )
        except InputError as error:
            return render(request, "targets/refused.html", {"error": error}, status=error.status)
        messages.success(request, "已保存项目与分项目标的对应关系，并重新审核。")
        return HttpResponseRedirect(reverse("targets:department") + year_query(request))
    context = {
        "page": selectors.department_page(target_set),
        "target_set": target_set,
        "query": year_query(request),
    }
    return render(request, "targets/serves.html", context)


def _ticked(post: QueryDict, target_set: TargetSet) -> dict[str, list[int]]:
    """Boxes are named by project code, their values are sub-goal numbers; a project without a tick serves none.

    Raises:
        InputError: a value that is no number.
    """
    codes = [row.code for row in selectors.project_rows(target_set)]
    ticked: dict[str, list[int]] = {}
    for code in codes:
        values = post.getlist(f"serves-{code}")
        if not all(value.isascii() and value.isdigit() and len(value) < 6 for value in values):
            raise InputError("勾选的分项目标读不懂", where=f"项目 {code}", how="请刷新页面后重试")
        ticked[code] = [int(value) for value in values]
    return ticked

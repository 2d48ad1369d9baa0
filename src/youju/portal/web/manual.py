"""The user's manual: its beginning, a chapter, a picture. Open to everybody: a stranger may learn what awaits here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from youju.foundation.identity.roles import Role
from youju.foundation.identity.web.guards import public
from youju.foundation.shell.language import speaks_english
from youju.portal.chapters import chapters, chapters_of, picture_file

DAY = 86_400


@speaks_english
@require_safe
@public
def contents(request: HttpRequest) -> HttpResponse:
    """The chapters, one's own first."""
    own = chapters_of(getattr(request.user, "roles", ()))
    others = [each for each in chapters().values() if each not in own]
    names = {role.value: role.label for role in Role}
    return render(request, "portal/manual.html", {"own": own, "others": others, "names": names})


@speaks_english
@require_safe
@public
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter, with its headings as a table of contents."""
    found = chapters().get(slug)
    if found is None:
        raise Http404("手册没有这一章")
    return render(request, "portal/manual_chapter.html", {"chapter": found, "title": found.title})


@require_safe
@public
def picture(_request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a chapter."""
    file = picture_file(name)
    if file is None:
        raise Http404("手册没有这张图")
    answer = HttpResponse(file.read_bytes(), content_type="image/png")
    patch_cache_control(answer, public=True, max_age=DAY)
    return answer

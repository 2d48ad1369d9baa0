"""The papers of a filing: put there, taken away, looked at."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.web.filing import show_papers, step_url
from youju.trade.parties.web.forms import PaperForm


@require_POST
@permission_required(permissions.FILE)
def add(request: HttpRequest, party_id: int) -> HttpResponse:
    """Take a paper in."""
    actor = permissions.actor_of(request)
    page = selectors.editor(actor, party_id)
    form = PaperForm(request.POST, request.FILES, kinds=page.paper_kinds)
    if form.is_valid():
        wish = dict(form.cleaned_data)
        file = wish.pop("file")
        try:
            services.add_paper(
                actor=actor,
                party_id=party_id,
                wish=services.PaperWish(**wish),
                name=file.name,
                content=file.file,
            )
        except InputError as error:
            if error.status in (403, 404, 409):
                raise
            form.add_error("file", str(error))
        else:
            messages.success(request, f"已上传{page.paper_kinds[wish['kind']]}。")
            return HttpResponseRedirect(step_url(party_id, "papers"))
    return show_papers(request, party_id, form)


@require_POST
@permission_required(permissions.FILE)
def remove(request: HttpRequest, party_id: int, paper_id: int) -> HttpResponse:
    """Take a paper away."""
    services.remove_paper(actor=permissions.actor_of(request), party_id=party_id, paper_id=paper_id)
    messages.info(request, "已删去这份材料。")
    return HttpResponseRedirect(step_url(party_id, "papers"))


@require_safe
@any_permission_required(permissions.VIEW, permissions.OWN)
def file(request: HttpRequest, party_id: int, paper_id: int) -> HttpResponseBase:
    """The file of a paper, shown where the browser can."""
    found = services.read_paper(actor=permissions.actor_of(request), party_id=party_id, paper_id=paper_id)
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response

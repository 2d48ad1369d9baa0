"""The organisations that people work for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity import selectors, services
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.forms import OrganisationForm
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.identity.web.tables import organisation_listing
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import render_listing

if TYPE_CHECKING:
    from youju.foundation.identity.models import Organisation, User


@permission_required(Permission.USERS_VIEW)
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponseBase:
    """Every organisation with the number of its accounts."""
    may_manage = allowed(request.user, Permission.USERS_MANAGE)
    return render_listing(
        request,
        organisation_listing(may_manage=may_manage),
        selectors.organisations(actor=cast("User", request.user)),
        template="identity/organisations.html",
        context={"may_manage": may_manage},
    )


@permission_required(Permission.USERS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    return _edit(request, None)


@permission_required(Permission.USERS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Change an organisation."""
    known = selectors.organisations(actor=cast("User", request.user))
    return _edit(request, get_object_or_404(known, pk=organisation_id))


def _edit(request: HttpRequest, subject: Organisation | None) -> HttpResponse:
    fields = ("name", "code", "kind", "credit_code")
    form = OrganisationForm(
        request.POST or None,
        initial={field: getattr(subject, field) for field in fields} if subject else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_organisation(
                actor=cast("User", request.user),
                organisation_id=subject.pk if subject else None,
                **form.cleaned_data,
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已保存单位“{saved.name}”。")
            return HttpResponseRedirect(reverse("identity:organisations"))
    context = {"form": form, "subject": subject}
    return render(request, "identity/organisation_form.html", context, status=422 if form.errors else 200)

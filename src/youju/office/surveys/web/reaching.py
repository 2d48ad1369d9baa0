"""Channels, how many were handed out on them, and sheets of one-time codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told, valid
from youju.office.surveys import addresses, permissions, selectors, services
from youju.office.surveys.documents.codes import TYPES, Codes, made
from youju.office.surveys.web.forms import ChannelForm, HandOutForm, TokensForm

if TYPE_CHECKING:
    from youju.office.surveys.models import Survey


@require_POST
@permission_required(permissions.EDIT)
def add_channel(request: HttpRequest, number: int) -> HttpResponse:
    """Name a channel."""

    def work() -> str:
        given = valid(ChannelForm(request.POST))
        row = services.add_channel(
            actor=permissions.actor_of(request),
            survey_id=number,
            name=str(given["name"]),
            kind=str(given["kind"]),
        )
        return f"已登记渠道“{row.name}”。"

    return told(request, _back(number), work)


@require_POST
@permission_required(permissions.EDIT)
def hand_out(request: HttpRequest, number: int, channel: int) -> HttpResponse:
    """Write down how many were handed out."""

    def work() -> str:
        count = valid(HandOutForm(request.POST, prefix=f"h{channel}"))["handed_out"]
        row = services.hand_out(
            actor=permissions.actor_of(request),
            survey_id=number,
            channel_id=channel,
            count=count,  # type: ignore[arg-type]
        )
        return f"“{row.name}”共发出 {row.handed_out} 份。"

    return told(request, _back(number), work)


@require_POST
@permission_required(permissions.EDIT)
def tokens(request: HttpRequest, number: int, channel: int) -> HttpResponse:
    """Make codes and give them as a file, once: the house keeps only their hashes."""
    actor = permissions.actor_of(request)
    row = selectors.one_of(actor, number)
    try:
        given = valid(TokensForm(request.POST, prefix=f"t{channel}"))
        form = str(given["form"])
        name = next(
            (each.channel.name for each in selectors.standing_of(row).channels if each.channel.pk == channel),
            "",
        )
        # Typeset first with none: a machine that cannot print makes no codes that nobody will ever see.
        made(_codes(row, name, ()), form)
        found = services.make_tokens(actor=actor, survey_id=number, channel_id=channel, count=given["count"])  # type: ignore[arg-type]
    except InputError as error:
        if error.status == 404:
            raise
        messages.error(request, str(error))
        return HttpResponseRedirect(_back(number))
    base = addresses.public_base(request.build_absolute_uri("/"))
    content = made(_codes(row, name, [addresses.answering(base, token) for token in found]), form)
    answer = HttpResponse(content, content_type=TYPES[form])
    file = quote(f"{row.number} {name} {len(found)}份.{form}")
    answer["Content-Disposition"] = f"attachment; filename=\"codes.{form}\"; filename*=UTF-8''{file}"
    answer["Cache-Control"] = "no-store, private"
    return answer


def _codes(row: Survey, name: str, found: Sequence[str]) -> Codes:
    return Codes(row.title, row.title_en, name, row.closes_on, found)


def _back(number: int) -> str:
    return reverse("surveys:survey", args=[number]) + "#channels"

"""What ends soon, as a list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.parties import addresses, permissions, selectors
from youju.trade.parties.web.change_forms import ReminderFilter
from youju.trade.parties.web.changes import FILES


def _state(row: Any) -> str:
    return "已到期" if row.due_on < timezone.localdate() else "快到期"


def _badge(row: Any) -> SafeString:
    word = _state(row)
    return format_html(
        '<span class="badge badge-{}">{}</span>', "error" if word == "已到期" else "warning", word
    )


def _what(row: Any) -> str:
    return f"材料：{selectors.paper_label(row, timezone.localdate())}" if row.paper else "备案"


def _mend(row: Any) -> str | None:
    # A filing is prolonged by a request; a paper is exchanged on the party's own page.
    if row.kind == "filing":
        return reverse("parties:renew", args=[row.party_id])
    return addresses.party(str(row.party_id))


def listing(*, files: bool) -> Listing:
    """The declaration; who may file gets the way to mend it."""
    mend = (
        Column(
            "mend",
            "办理",
            value=lambda row: "申请续期" if row.kind == "filing" else "换新材料",
            href=_mend,
            export=False,
        ),
    )
    return Listing(
        name="reminders",
        title="到期提醒",
        columns=(
            Column("party", "主体", value="party.name", sort="party__name", narrow="title",
                   href=lambda row: addresses.party(str(row.party_id))),
            Column("number", "备案号", value="party.number", sort="party__number"),
            Column("what", "什么到期", value=_what, sort="kind"),
            Column("due_on", "到期日", sort="due_on"),
            Column("state", "状态", value=_state, draw=_badge),
            *(mend if files else ()),
        ),
        order="due_on",
        filter_form=ReminderFilter,
        export_name="到期提醒",
        empty="没有快到期的备案和材料。到期前系统每天自动提醒。",
    )  # fmt: skip


@require_safe
@any_permission_required(*FILES)
def reminder_list(request: HttpRequest) -> HttpResponseBase:
    """Filings and papers that end soon or have ended, the most urgent first."""
    return render_listing(
        request,
        listing(files=allowed(request.user, permissions.FILE)),
        lambda wish: selectors.reminder_rows(
            only=wish.get("only") or "", kind=wish.get("kind") or "", text=wish.get("q") or ""
        ),
        template="parties/reminders.html",
        may_export=allowed(request.user, permissions.EXPORT),
    )

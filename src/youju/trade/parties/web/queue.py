"""What waits for the staff, by when it is promised; one step with many at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.selectors import QueueRow
from youju.trade.parties.web.forms import QueueFilter


def _chosen(row: QueueRow) -> SafeString:
    return format_html(
        '<label class="queue-pick"><input type="checkbox" form="queue-steps" name="party" value="{}">'
        '<span class="unseen">选中{}</span></label>',
        row.id,
        row.name,
    )


def _left(row: QueueRow) -> str:
    if row.days_left is None:
        return "不限期"
    if row.late:
        return f"已逾期 {-row.days_left} 个工作日" if row.days_left else "已逾期"
    return "今天到期" if row.days_left == 0 else f"还有 {row.days_left} 个工作日"


def _left_mark(row: QueueRow) -> SafeString:
    tone = "error" if row.late else "warning" if row.days_left is not None and row.days_left <= 1 else "plain"
    note = " 暂按" if row.provisional else ""
    return format_html('<span class="badge badge-{}">{}</span>{}', tone, _left(row), note)


LISTING = Listing(
    name="queue",
    title="待办理的备案",
    columns=(
        Column("pick", "选择", value="id", draw=_chosen, export=False),
        Column(
            "name",
            "名称",
            sort="name",
            narrow="title",
            href=lambda row: reverse("parties:party", args=[row.id]),
        ),
        Column("roles", "主体类型"),
        Column("sections", "受理科室", narrow="hide"),
        Column("state_label", "状态", sort="state_label"),
        Column(
            "channel",
            "来源",
            value=lambda row: selectors.CHANNELS.get(row.channel, row.channel),
            narrow="hide",
        ),
        Column("submitted_at", "提交时间", sort="submitted_at"),
        Column("due_on", "承诺办理日期", sort="due_on"),
        Column("left", "期限", value=_left, draw=_left_mark),
        Column("assigned", "指定办理人", narrow="hide"),
    ),
    order="due_on",
    filter_form=QueueFilter,
    export_name="待办理的备案",
    empty="没有等待办理的备案。",
)


@require_safe
@permission_required(permissions.REVIEW)
def queue(request: HttpRequest) -> HttpResponseBase:
    """The filings that wait for the user's sections, the most urgent first."""
    actor = permissions.actor_of(request)
    everything = selectors.queue(actor)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.queue(actor, **wish) if any(wish.values()) else everything,
        template="parties/queue.html",
        context={"counts": selectors.queue_counts(everything)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_POST
@permission_required(permissions.REVIEW)
def steps(request: HttpRequest) -> HttpResponse:
    """Take one step with the chosen filings: with all of them, or with none."""
    transition = request.POST.get("transition", "")
    chosen = [int(each) for each in request.POST.getlist("party") if each.isascii() and each.isdigit()]
    done = services.take_steps(actor=permissions.actor_of(request), party_ids=chosen, transition=transition)
    word = {"accept": "受理", "approve": "通过"}[transition]
    messages.success(request, f"已{word} {done} 份备案。")
    return HttpResponseRedirect(reverse("parties:queue"))

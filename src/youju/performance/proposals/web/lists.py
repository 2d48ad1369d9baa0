"""The lists of proposals, of a proposal's rows, of audits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.performance.proposals import permissions, selectors
from youju.performance.proposals.web.telling import band_badge, state_badge
from youju.rules.performance.proposals.lifecycle import AUDIT_STATES, PROPOSAL_STATES

if TYPE_CHECKING:
    from youju.performance.proposals.models import ProposedRow


def _opens(name: str) -> Any:
    return lambda row: reverse(f"proposals:{name}", args=[row.number])


def _state(words: dict[str, str]) -> Column:
    def badge(row: Any) -> SafeString:
        return state_badge(row.state, words)

    return Column("state", "状态", value=lambda row: words[row.state], sort="state", draw=badge)


def _unit(row: Any) -> str:
    return str(row.unit_name or row.unit_key)


PROPOSALS = Listing(
    name="proposals",
    title="下年目标建议",
    columns=(
        Column("number", "编号", sort="number", narrow="title", href=_opens("proposal")),
        Column("year", "目标年度", value="year", sort="year"),
        Column("unit", "单位", value=_unit),
        _state(PROPOSAL_STATES),
        Column("rows", "指标", value="count", numeric=True),
        Column("edited", "人工修改", value="edited", numeric=True),
        Column("made", "编制", value=lambda row: f"{row.made_name} {row.made_at:%Y-%m-%d}", narrow="hide"),
    ),
    order="-year",
    tie=("-pk",),
    export_name="下年目标建议",
    empty="还没有下年目标建议。由绩效管理人员以本年的完成值编制。",
)
AUDITS = Listing(
    name="audits",
    title="绩效目标审核",
    columns=(
        Column("number", "编号", sort="number", narrow="title", href=_opens("audit")),
        Column("year", "年度", value="year", sort="year"),
        Column("unit", "单位", value=_unit),
        Column("version", "版本", value="target_version", numeric=True),
        Column("total", "系统评分", value="total", sort="total", numeric=True),
        Column("band", "系统等级", value="band", sort="band", draw=lambda row: band_badge(row.band)),
        Column("marked", "审核人评分", value="marked", sort="marked", numeric=True),
        Column("opinion", "审核等级", value="marked_band", draw=lambda row: band_badge(row.marked_band)),
        _state(AUDIT_STATES),
        Column("made", "审核时间", value=lambda row: f"{row.made_at:%Y-%m-%d}", sort="made_at"),
    ),
    order="-made",
    tie=("-pk",),
    export_name="绩效目标审核",
    empty="还没有审核过绩效目标。由财务人员选一版目标审核。",
)


def cures_of(row: ProposedRow) -> str:
    """What was cured, in words."""
    return "；".join(f"{rule} “{before}”改为“{after}”" for rule, _, before, after in row.cures)


ROWS = Listing(
    name="rows",
    title="建议的指标",
    columns=(
        # A project's full name and what was cured are long: they stand in what is taken away and on the proposal's page.
        Column("name", "项目", value="name", page=False),
        Column("level3", "三级指标", value="level3", sort="level3", narrow="title"),
        Column("code", "项目编码", value="code"),
        Column("place", "行", value=lambda row: f"{row.place}-{row.row}", sort=("place", "row")),
        Column("former", "本年三级指标", value="former_name", narrow="hide"),
        Column("former_value", "本年目标", value="former_value"),
        Column("reached", "本年完成", value="reached"),
        Column("raw_value", "建议指标值", value="raw_value"),
        Column("method", "建议方法", value="method"),
        Column("cures", "改正", value=cures_of, page=False),
        Column("reason", "修改的理由", value="reason"),
        Column("description", "描述", value="description", page=False),
        Column("basis", "确定依据", value="basis", page=False),
    ),
    order="place",
    tie=("pk",),
    export_name="下年目标建议明细",
)


@require_safe
@permission_required(permissions.VIEW)
def proposal_list(request: HttpRequest) -> HttpResponseBase:
    """All proposals, the latest year first."""
    actor = permissions.actor_of(request)
    return _listed(
        request, PROPOSALS, selectors.proposals(actor), "proposals/list.html", edit=permissions.EDIT
    )


@require_safe
@permission_required(permissions.VIEW)
def audit_list(request: HttpRequest) -> HttpResponseBase:
    """All audits, the newest first."""
    actor = permissions.actor_of(request)
    return _listed(request, AUDITS, selectors.audits(actor), "proposals/audits.html", edit=permissions.AUDIT)


@require_safe
@permission_required(permissions.VIEW)
def row_list(request: HttpRequest, number: str) -> HttpResponseBase:
    """The rows of a proposal as one table, for sorting and taking away."""
    rows = selectors.export_rows(permissions.actor_of(request), number)
    return _listed(request, ROWS, rows, "proposals/rows.html", edit=permissions.EDIT, number=number)


def _listed(
    request: HttpRequest, listing: Listing, rows: Any, template: str, *, edit: Any, number: str = ""
) -> HttpResponseBase:
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        listing,
        lambda _: rows,
        template=template,
        context={"may_make": allowed(actor, edit), "number": number},
        may_export=allowed(actor, permissions.EXPORT),
    )

"""The register, deliverables and due payments as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.office.contracts import addresses, permissions, selectors
from youju.office.contracts.selectors import STATES, ContractFilter, standing
from youju.rules.office.contracts.lifecycle import ACCEPTED, DELIVERABLE_FLOW, DELIVERED, REFUSED

if TYPE_CHECKING:
    from youju.office.contracts.models import Contract, Deliverable, Instalment

PART_STATES = {state.code: state.label for state in DELIVERABLE_FLOW.states}
PART_TONES = {ACCEPTED: "approved", DELIVERED: "hint", REFUSED: "error"}
_SEARCH = {"type": "search", "placeholder": "编号、名称或对方"}


class ContractFilterForm(forms.Form):
    """The names are those of ``selectors.ContractFilter``."""

    text = forms.CharField(label="查找", required=False, max_length=50, widget=forms.TextInput(attrs=_SEARCH))
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    only = forms.ChoiceField(
        label="只看",
        required=False,
        choices=[
            ("", "全部"),
            ("ending", "快到期的"),
            ("waiting", "有成果待验收的"),
            ("refused", "有成果未通过的"),
        ],
    )
    tag = forms.CharField(label="标签", required=False, max_length=20)
    project = forms.CharField(label="项目编码", required=False, max_length=30)


class PartFilterForm(forms.Form):
    """What narrows deliverables."""

    text = forms.CharField(label="查找", required=False, max_length=50, widget=forms.TextInput(attrs=_SEARCH))
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *PART_STATES.items()])
    late = forms.BooleanField(label="逾期的", required=False)


class DueFilterForm(forms.Form):
    """What narrows due payments."""

    project = forms.CharField(label="项目编码", required=False, max_length=30)


def _state(row: Contract) -> SafeString:
    ending = row.reminded_on and standing(row) == STATES["in_force"]
    note = format_html(' <span class="badge badge-warning">{}</span>', "快到期") if ending else ""
    return format_html('<span class="badge badge-plain">{}</span>{}', standing(row), note)


def _part(row: Deliverable) -> SafeString:
    late = row.due_on < timezone.localdate() and row.state not in (ACCEPTED, "dropped")
    note = format_html(' <span class="badge badge-error">{}</span>', "逾期") if late else ""
    return format_html(
        '<span class="badge badge-{}">{}</span>{}',
        PART_TONES.get(row.state, "plain"),
        PART_STATES[row.state],
        note,
    )


def _ready(row: Instalment) -> str:
    return "到期就付" if row.after is None else PART_STATES[row.after.state]


LISTING = Listing(
    name="contracts",
    title="合同",
    columns=(
        Column("number", "合同编号", sort="number"),
        Column(
            "title",
            "合同名称",
            sort="title",
            narrow="title",
            href=lambda row: addresses.contract(str(row.pk)),
        ),
        Column("party", "对方", value="party", sort="party"),
        Column("amount", "金额（元）", value="amount", sort="amount", numeric=True),
        Column("signed", "签订日期", value="signed_on", sort="signed_on"),
        Column("from", "起始日期", value="valid_from", sort="valid_from", narrow="hide"),
        Column("to", "终止日期", value="valid_to", sort="valid_to"),
        Column("state", "状态", value=standing, sort="state", draw=_state),
        Column("tags", "标签", value="tags", narrow="hide"),
        Column("project", "项目编码", value="project", sort="project", narrow="hide"),
        Column("note", "备注", value="note", narrow="hide"),
    ),
    order="-signed",
    filter_form=ContractFilterForm,
    export_name="合同台账",
    empty="还没有合同。可以一份一份登记，也可以把合同台账整份导入。",
)
PARTS = Listing(
    name="deliverables",
    title="合同成果",
    columns=(
        Column("contract", "合同编号", value="contract.number", sort="contract__number"),
        Column(
            "title", "成果", sort="title", narrow="title", href=lambda row: addresses.deliverable(str(row.pk))
        ),
        Column("party", "对方", value="contract.party", sort="contract__party"),
        Column("due", "交付期限", value="due_on", sort="due_on"),
        Column("price", "价款（元）", value="price", sort="price", numeric=True),
        Column("state", "状态", value=lambda row: PART_STATES[row.state], sort="state", draw=_part),
        Column("delivered", "交付日期", value="delivered_on", sort="delivered_on"),
        Column("accepted", "验收日期", value="accepted_on", sort="accepted_on"),
        Column("by", "验收人", value="accepted_name", narrow="hide"),
        Column("refusals", "未通过次数", value="refusals", sort="refusals", numeric=True, narrow="hide"),
    ),
    order="due",
    filter_form=PartFilterForm,
    export_name="合同成果",
    empty="还没有登记成果。打开一份合同，登记它要交付什么、何时交付、多少钱。",
)
DUE = Listing(
    name="due",
    title="应付款",
    columns=(
        Column("due", "付款期限", value="due_on", sort="due_on"),
        Column(
            "contract", "合同", value=lambda row: f"{row.contract.number} 第 {row.place} 期", narrow="title",
            sort="contract__number", href=lambda row: addresses.contract(str(row.contract_id)),
        ),
        Column("party", "对方", value="contract.party", sort="contract__party"),
        Column("amount", "金额（元）", value="amount", sort="amount", numeric=True),
        Column("after", "验收后付款的成果", value="after.title"),
        Column("ready", "成果状态", value=_ready),
        Column("project", "项目编码", value="contract.project", sort="contract__project", narrow="hide"),
    ),
    order="due",
    filter_form=DueFilterForm,
    export_name="合同应付款",
    empty="还没有付款约定。打开一份合同，登记各期付款。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def contract_list(request: HttpRequest) -> HttpResponseBase:
    """The register."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.contracts(
            actor, ContractFilter(**{name: value or "" for name, value in wish.items()})
        ),
        template="contracts/list.html",
        context=_may(actor),
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def deliverable_list(request: HttpRequest) -> HttpResponseBase:
    """What contracts deliver, by due day."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        PARTS,
        lambda wish: selectors.deliverables(
            actor, text=wish.get("text") or "", state=wish.get("state") or "", late=bool(wish.get("late"))
        ),
        template="contracts/list.html",
        context=_may(actor),
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def due_list(request: HttpRequest) -> HttpResponseBase:
    """What falls due by contract."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        DUE,
        lambda wish: selectors.instalments(actor, project=wish.get("project") or ""),
        template="contracts/list.html",
        context=_may(actor),
        may_export=allowed(actor, permissions.EXPORT),
    )


def _may(actor: Any) -> dict[str, Any]:
    return {
        "may_edit": allowed(actor, permissions.EDIT),
        "may_import": allowed(actor, permissions.IMPORT),
        "register_url": reverse("contracts:list"),
    }

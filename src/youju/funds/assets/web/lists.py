"""The register, transfers, disposals and rounds as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.shell.templatetags.shell import badge
from youju.funds.assets import addresses, permissions, selectors
from youju.funds.assets.selectors import ONLY, AssetFilter
from youju.funds.assets.web.tabs import tabs_for
from youju.rules.funds.assets.lifecycle import (
    ASSET_STATES,
    DISPOSAL_FLOW,
    MOVE_FLOW,
    MOVES,
    STOCKTAKE_FLOW,
    WAYS,
)

if TYPE_CHECKING:
    from youju.funds.assets.models import Asset, Stocktake

TONES = {"idle": "warning", "lent": "hint", "leaving": "warning", "disposed": "plain", "in_use": "ink"}
STEP_TONES = {
    "offered": "hint", "requested": "hint", "reviewed": "hint", "approved": "hint", "accepted": "approved",
    "done": "approved", "refused": "error", "counting": "hint", "settling": "warning", "closed": "approved",
}  # fmt: skip
MOVE_STATES = {state.code: state.label for state in MOVE_FLOW.states if state.code != "draft"}
DISPOSAL_STATES = {state.code: state.label for state in DISPOSAL_FLOW.states if state.code != "draft"}
ROUND_STATES = {state.code: state.label for state in STOCKTAKE_FLOW.states}
_SEARCH = {"type": "search", "placeholder": "编号、名称、型号或保管人"}


def _search() -> forms.CharField:
    return forms.CharField(label="查找", required=False, max_length=50, widget=forms.TextInput(attrs=_SEARCH))


class AssetFilterForm(forms.Form):
    """The names are those of ``selectors.AssetFilter``."""

    text = _search()
    category = forms.ChoiceField(label="类别", required=False)
    section = forms.ChoiceField(label="科室", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "现有的"), *ASSET_STATES.items()])
    only = forms.ChoiceField(label="只看", required=False, choices=[("", "全部"), *ONLY.items()])
    place = forms.CharField(label="地点", required=False, max_length=60)
    project = forms.CharField(label="项目编码", required=False, max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        known = [(each.code, each.name) for each in selectors.categories().values()]
        category.choices = [("", "全部"), *selectors.groups().items(), *known]
        section: Any = self.fields["section"]
        section.choices = [("", "全部"), *sections().items()]


class MoveFilterForm(forms.Form):
    """What narrows transfers."""

    text = _search()
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *MOVE_STATES.items()])


class DisposalFilterForm(forms.Form):
    """What narrows disposals."""

    text = _search()
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *DISPOSAL_STATES.items()])
    way = forms.ChoiceField(label="方式", required=False, choices=[("", "全部"), *WAYS.items()])


class RoundFilterForm(forms.Form):
    """What narrows rounds."""

    open_only = forms.BooleanField(label="没结束的", required=False)


def _section(row: Any) -> str:
    return str(sections().get(row.section, row.section))


def _state(row: Asset) -> SafeString:
    return badge(ASSET_STATES[row.state], TONES[row.state])


def _where(row: Asset) -> str:
    return "　".join(part for part in (_section(row), row.place) if part)


def _named(row: Asset) -> SafeString:
    return format_html(
        '<a href="{}">{}</a><br><span class="muted">{}</span>',
        addresses.asset(str(row.pk)),
        row.name,
        row.model,
    )


_NUMBER = Column("number", "资产编号", sort="number")
_CATEGORY = Column(
    "category", "类别", value=lambda row: selectors.category_name(row.category), sort=("category", "number")
)
_COST = Column("cost", "原值（元）", value="cost", sort="cost", numeric=True)
_GONE = Column("depreciated", "累计折旧（元）", value="depreciated", sort="depreciated", numeric=True)
_NET = Column("net", "净值（元）", value=lambda row: row.cost - row.depreciated, numeric=True)
_ACQUIRED = Column("acquired", "取得日期", value="acquired_on", sort="acquired_on", narrow="hide")
_KEEPER = Column("keeper", "保管人", value="keeper_name", sort="keeper_name")
_STATE = Column("state", "状态", value=lambda row: ASSET_STATES[row.state], draw=_state)
_EMPTY = "还没有资产。可以从已付的付款登记，也可以把台账整份导入。"
LISTING = Listing(
    name="assets",
    title="固定资产",
    columns=(
        _NUMBER,
        Column("name", "名称", sort=("name", "number"), narrow="title", draw=_named),
        _CATEGORY,
        _COST,
        _NET,
        _ACQUIRED,
        Column("section", "科室和地点", value=_where, sort=("section", "place", "number")),
        _KEEPER,
        _STATE,
    ),
    order="number",
    filter_form=AssetFilterForm,
    export_name="固定资产台账",
    empty=_EMPTY,
)
WHOLE = Listing(
    name="assets",
    title="固定资产",
    columns=(
        _NUMBER,
        Column("name", "名称", sort=("name", "number")),
        _CATEGORY,
        Column("model", "规格型号"),
        Column("serial", "出厂编号"),
        _COST,
        _GONE,
        _NET,
        _ACQUIRED,
        Column("months", "折旧月数", numeric=True),
        Column("section", "科室", value=_section, sort=("section", "place", "number")),
        Column("place", "地点"),
        _KEEPER,
        _STATE,
        Column("counted", "上次盘点", value="counted_on"),
        Column("project", "项目编码"),
        Column("note", "备注"),
    ),
    order="number",
    filter_form=AssetFilterForm,
    export_name="固定资产台账",
    empty=_EMPTY,
)
"""What goes out: more than a page has room for."""
MOVES_LISTING = Listing(
    name="moves",
    title="移交",
    columns=(
        Column("asset", "资产", value=lambda row: str(row.asset), narrow="title", href=lambda row: addresses.move(str(row.pk))),
        Column("kind", "方式", value=lambda row: MOVES[row.kind]),
        Column("from", "原保管人", value="from_keeper_name"),
        Column("to", "接收人", value="to_keeper_name"),
        Column("place", "新地点", value="to_place", narrow="hide"),
        Column("until", "归还期限", value="until", narrow="hide"),
        Column("offered", "提出时间", value="offered_at", sort="pk"),
        Column("ended", "办结日期", value="ended_on", narrow="hide"),
        Column("state", "状态", value=lambda row: MOVE_STATES.get(row.state, row.state),
               draw=lambda row: badge(MOVE_STATES.get(row.state, row.state), STEP_TONES.get(row.state, "plain"))),
    ),
    order="-offered",
    filter_form=MoveFilterForm,
    export_name="资产移交",
    empty="还没有移交。打开一件资产，办理移交、借出或归还。",
)  # fmt: skip
DISPOSALS_LISTING = Listing(
    name="disposals",
    title="处置",
    columns=(
        Column("asset", "资产", value=lambda row: str(row.asset), narrow="title",
               href=lambda row: addresses.disposal(str(row.pk))),
        Column("way", "方式", value=lambda row: WAYS[row.way]),
        Column("reason", "原因", value="reason", narrow="hide"),
        Column("cost", "原值（元）", value="cost", sort="cost", numeric=True),
        Column("net", "净值（元）", value=lambda row: row.cost - row.depreciated, numeric=True),
        Column("proceeds", "处置收入（元）", value="proceeds", numeric=True),
        Column("requested", "申请时间", value="requested_at", sort="pk"),
        Column("on", "处置日期", value="disposed_on", sort="disposed_on"),
        Column("document", "批准文号", value="document", narrow="hide"),
        Column("state", "状态", value=lambda row: DISPOSAL_STATES.get(row.state, row.state),
               draw=lambda row: badge(DISPOSAL_STATES.get(row.state, row.state), STEP_TONES.get(row.state, "plain"))),
    ),
    order="-requested",
    filter_form=DisposalFilterForm,
    export_name="资产处置",
    empty="还没有处置。打开一件资产，申请处置。",
)  # fmt: skip


def _round_state(row: Stocktake) -> SafeString:
    return badge(ROUND_STATES[row.state], STEP_TONES[row.state])


ROUNDS_LISTING = Listing(
    name="stocktakes",
    title="盘点",
    columns=(
        Column("number", "盘点编号", value="number", narrow="hide"),
        Column(
            "title", "名称", value="title", narrow="title", href=lambda row: addresses.stocktake(str(row.pk))
        ),
        Column("section", "科室", value=lambda row: _section(row) or "全部"),
        Column("place", "地点", value="place"),
        Column("size", "应盘件数", value="size", numeric=True),
        Column("opened", "开始日期", value="opened_on", sort=("opened_on", "pk")),
        Column("due", "期限", value="due_on", sort="due_on"),
        Column("state", "状态", value=lambda row: ROUND_STATES[row.state], draw=_round_state),
    ),
    order="-opened",
    filter_form=RoundFilterForm,
    export_name="资产盘点",
    empty="还没有盘点。组织一次盘点，用手机扫标签清点，没有信号也能用。",
)


@require_safe
@permission_required(permissions.VIEW)
def asset_list(request: HttpRequest) -> HttpResponseBase:
    """The register."""
    actor = permissions.actor_of(request)

    def rows(wish: dict[str, Any]) -> Any:
        return selectors.assets(actor, AssetFilter(**{name: value or "" for name, value in wish.items()}))

    return _list(request, WHOLE if request.GET.get("export") else LISTING, rows)


@require_safe
@permission_required(permissions.VIEW)
def move_list(request: HttpRequest) -> HttpResponseBase:
    """Transfers."""
    actor = permissions.actor_of(request)
    return _list(request, MOVES_LISTING, lambda wish: selectors.moves(actor, **_plain(wish)))


@require_safe
@permission_required(permissions.VIEW)
def disposal_list(request: HttpRequest) -> HttpResponseBase:
    """Disposals."""
    actor = permissions.actor_of(request)
    return _list(request, DISPOSALS_LISTING, lambda wish: selectors.disposals(actor, **_plain(wish)))


@require_safe
@permission_required(permissions.VIEW)
def stocktake_list(request: HttpRequest) -> HttpResponseBase:
    """Rounds of counting."""
    actor = permissions.actor_of(request)
    return _list(
        request,
        ROUNDS_LISTING,
        lambda wish: selectors.stocktakes(actor, open_only=bool(wish.get("open_only"))),
    )


def _plain(wish: Any) -> dict[str, str]:
    return {name: value or "" for name, value in wish.items()}


def _list(request: HttpRequest, listing: Listing, rows: Any) -> HttpResponseBase:
    actor = permissions.actor_of(request)
    context = {
        "tabs": tabs_for(request),
        "which": listing.name,
        "may_edit": allowed(actor, permissions.EDIT),
        "may_import": allowed(actor, permissions.IMPORT),
    }
    return render_listing(
        request,
        listing,
        rows,
        template="assets/list.html",
        context=context,
        may_export=allowed(actor, permissions.EXPORT),
    )

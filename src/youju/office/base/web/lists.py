"""The registers as lists, one for each, made of what their records say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.office.base import addresses, permissions, selectors
from youju.office.base.registers import REGISTERS, Register
from youju.office.base.selectors import STATES, RecordFilter, standing
from youju.rules.office.base.kinds import PLATFORMS
from youju.rules.office.base.lifecycle import OPEN

TONES = {
    "accepted": "approved", "granted": "ink", "in_force": "ink", "delivered": "hint", "refused": "error", "repealed": "warning",
    "abolished": "warning",
}  # fmt: skip
_SEARCH = {"type": "search", "placeholder": "编号、名称或单位"}


class RecordFilterForm(forms.Form):
    """The names are those of ``selectors.RecordFilter``; kinds and states are the register's."""

    text = forms.CharField(label="查找", required=False, max_length=50, widget=forms.TextInput(attrs=_SEARCH))
    kind = forms.ChoiceField(label="类别", required=False)
    state = forms.ChoiceField(label="状态", required=False)
    year = forms.IntegerField(label="年份", required=False, min_value=1900, max_value=2100)


class PlatformFilterForm(RecordFilterForm):
    """Platform projects have a day by which they are to be done, and a budget."""

    project = forms.CharField(label="项目编码", required=False, max_length=30)
    late = forms.BooleanField(label="逾期的", required=False)


@cache
def filter_of(register: str) -> type[RecordFilterForm]:
    """The filter form of a register."""
    declared = REGISTERS[register]
    fields: dict[str, Any] = {
        "kind": forms.ChoiceField(
            label=declared.kind_label, required=False, choices=[("", "全部"), *declared.kinds.items()]
        ),
        "state": forms.ChoiceField(
            label="状态", required=False, choices=[("", "全部"), *STATES[register].items()]
        ),
    }
    base = PlatformFilterForm if register == PLATFORMS else RecordFilterForm
    return type(f"{register.title()}FilterForm", (base,), fields)


def state_badge(register: str, row: Any) -> SafeString:
    """How the record stands today, and whether it is late."""
    today = timezone.localdate()
    state = standing(register, row, today)
    late = register == PLATFORMS and row.state in OPEN and row.due_on < today
    note = format_html(' <span class="badge badge-error">{}</span>', "逾期") if late else ""
    label = STATES[register][state]
    return format_html('<span class="badge badge-{}">{}</span>{}', TONES.get(state, "plain"), label, note)


@cache
def listing_of(register: str) -> Listing:
    """The list of a register."""
    declared = REGISTERS[register]
    return Listing(
        name=register,
        title=declared.noun,
        columns=_columns(declared),
        order=f"-{declared.order}",
        filter_form=filter_of(register),
        export_name=declared.noun,
        parquet=True,
        empty=declared.empty,
    )


def _columns(declared: Register) -> tuple[Column, ...]:
    code = declared.code

    def state(row: Any) -> str:
        return STATES[code][standing(code, row, timezone.localdate())]

    first = (
        Column("number", declared.number.label, sort="number", draw=_number),
        Column("title", declared.title.label, sort="title", narrow="title", href=_page(code)),
        Column("holder", declared.holder.label, value="holder", sort="holder"),
        Column("kind", declared.kind_label, value=lambda row: declared.kinds[row.kind], sort="kind"),
    )
    own = tuple(
        Column(
            field.name,
            field.label,
            value=field.name,
            sort=field.name if field.sort in ("day", "money") else (),
            numeric=field.sort == "money",
            page=field.sort in ("day", "money"),
        )
        for field in declared.fields
    )
    standing_column = Column("state", "状态", value=state, draw=lambda row: state_badge(code, row))
    return (*first, standing_column, *own, Column("note", "备注", value="note", page=False))


def _number(row: Any) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', row.number)


def _page(register: str) -> Callable[[Any], str | None]:
    return lambda row: addresses.record(register, str(row.pk))


@require_safe
@permission_required(permissions.VIEW)
def record_list(request: HttpRequest, register: str) -> HttpResponseBase:
    """A register."""
    if register not in REGISTERS:
        raise Http404("没有这种记录")
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        listing_of(register),
        lambda wish: selectors.records(actor, register, RecordFilter(**_given(wish))),
        template="base/list.html",
        context={
            "register": REGISTERS[register],
            "may_edit": allowed(actor, permissions.EDIT),
            "may_import": allowed(actor, permissions.IMPORT),
            "import_code": f"base.{register}",
        },
        may_export=allowed(actor, permissions.EXPORT),
    )


def _given(wish: Mapping[str, Any]) -> dict[str, Any]:
    blank: dict[str, Any] = {"year": None, "late": False}
    return {name: value or blank.get(name, "") for name, value in wish.items()}

"""The versions of the tariff: the list, one of them, loading a new one, what differs between two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.goods import permissions, selectors
from youju.trade.goods.imports.tariff import CODE, place_of

if TYPE_CHECKING:
    from youju.trade.goods.models import TariffVersion

_DUTIES = [("", "全部"), ("yes", "有出口关税"), ("no", "没有出口关税")]


class LineFilter(forms.Form):
    """What narrows the lines of a version."""

    q = forms.CharField(label="查找", required=False, max_length=60,
                        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称或编码"}))  # fmt: skip
    chapter = forms.RegexField(r"^\d{2}$", label="章", required=False, max_length=2, help_text="两位数字",
                               error_messages={"invalid": "章是两位数字，例如 42。"})  # fmt: skip
    duty = forms.ChoiceField(label="出口关税", required=False, choices=_DUTIES)


class LoadForm(forms.Form):
    """What a version is called and from which day on it is in force."""

    name = forms.CharField(label="版本名称", max_length=60, help_text="例如 2026 年 1 月版。",
                           error_messages={"required": "请写版本名称。"})  # fmt: skip
    valid_from = forms.DateField(
        label="从哪一天起施行",
        help_text="前一版到前一天为止；以后仍可装入更早或更晚的版本。",
        error_messages={"required": "请选择日期。", "invalid": "这不是日期，请写成 2026-05-04 的样子。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class DifferenceForm(forms.Form):
    """Which two versions stand against each other, and what of their difference is shown."""

    left = forms.ChoiceField(label="原来的版本", required=False)
    right = forms.ChoiceField(label="后来的版本", required=False)
    kind = forms.ChoiceField(
        label="种类", required=False, choices=[("", "全部"), *selectors.DIFFERENCES.items()]
    )
    field = forms.ChoiceField(
        label="改动的栏", required=False, choices=[("", "全部"), *selectors.FIELDS.items()]
    )
    q = forms.CharField(label="查找", required=False, max_length=60,
                        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称或编码"}))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "请选择"), *((str(row.pk), row.name) for row in selectors.versions())]
        for name in ("left", "right"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def _state(row: TariffVersion) -> SafeString:
    today = timezone.localdate()
    if row.valid_from > today:
        return format_html('<span class="badge badge-hint">{}</span>', "尚未施行")
    if row.valid_to and row.valid_to <= today:
        return format_html('<span class="badge badge-plain">{}</span>', "已被接替")
    return format_html('<span class="badge badge-ink">{}</span>', "现行")


VERSIONS = Listing(
    name="versions",
    title="税则版本",
    columns=(
        Column("name", "版本", narrow="title", sort="name",
               href=lambda row: reverse("goods:tariff-version", args=[row.pk])),
        Column("state", "状态", value=lambda row: str(_state(row)).split(">")[1].split("<")[0], draw=_state),
        Column("valid_from", "自", sort="valid_from"),
        Column("valid_to", "至（不含）", sort="valid_to"),
        Column("lines_count", "编码数", sort="lines_count", numeric=True),
        Column("loaded_by", "装入人"),
        Column("loaded_at", "装入时间", sort="loaded_at"),
    ),
    order="-valid_from",
    export_name="税则版本",
    empty="还没有装入税则。",
    next_step=("装入第一个版本", "/tariff/versions/load/"),
)  # fmt: skip

LINES = Listing(
    name="lines",
    title="商品编码",
    columns=(
        Column("code", "商品编码", sort="code"),
        Column("name", "商品名称", narrow="title"),
        Column("unit1", "第一单位"),
        Column("unit2", "第二单位"),
        Column("export_duty", "出口关税（%）", sort="export_duty", numeric=True),
        Column("supervision", "监管条件"),
        Column("inspection", "检验检疫"),
    ),
    order="code",
    filter_form=LineFilter,
    export_name="税则编码",
    empty="这一版没有编码。",
)


def _changes(row: selectors.Difference) -> SafeString:
    if not row.changes:
        return format_html('<span class="muted">{}</span>', "整行")
    return format_html_join(
        "",
        '<div class="diff"><span class="muted">{}：</span><del>{}</del> <ins>{}</ins></div>',
        ((label, before or "（空）", after or "（空）") for label, before, after in row.changes),
    )


DIFFERENCE = Listing(
    name="difference",
    title="版本差别",
    columns=(
        Column("code", "商品编码", sort="code"),
        Column("name", "商品名称", narrow="title"),
        Column("kind", "种类", value="kind_label", sort="kind"),
        Column("changes", "改动", draw=_changes,
               value=lambda row: "；".join(f"{label}：{old or '（空）'} → {new or '（空）'}" for label, old, new in row.changes)),
    ),
    order="code",
    tie=("code",),
    filter_form=DifferenceForm,
    export_name="税则版本差别",
    empty="两个版本没有差别。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW_TARIFF)
def version_list(request: HttpRequest) -> HttpResponseBase:
    """Every version, latest first."""
    may_manage = allowed(request.user, permissions.MANAGE_TARIFF)
    rows = selectors.versions()
    return render_listing(
        request,
        VERSIONS,
        rows,
        template="goods/versions.html",
        context={"may_manage": may_manage, "pair": list(rows[:2])},
    )


@require_safe
@permission_required(permissions.VIEW_TARIFF)
def version(request: HttpRequest, number: int) -> HttpResponseBase:
    """One version with its lines."""
    found = selectors.version(number)
    if found is None:
        raise Http404("没有这个税则版本，请回到版本列表重新选择。")

    def rows(wish: Mapping[str, Any]) -> Any:
        return selectors.lines(
            found, text=wish.get("q") or "", duty=wish.get("duty") or "", chapter=wish.get("chapter") or ""
        )

    every = list(selectors.versions())
    place = next(at for at, each in enumerate(every) if each.pk == found.pk)
    before = every[place + 1] if place + 1 < len(every) else None
    context = {"version": found, "state": _state(found), "before": before}
    return render_listing(request, LINES, rows, template="goods/version.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.MANAGE_TARIFF)
def load(request: HttpRequest) -> HttpResponse:
    """Name a new version and its first day; the upload of its spreadsheet follows."""
    form = LoadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        place = {"name": form.cleaned_data["name"], "valid_from": str(form.cleaned_data["valid_from"])}
        try:
            place_of(place)
        except InputError as error:
            form.add_error("name" if error.where == "版本名称" else "valid_from", str(error))
        else:
            return HttpResponseRedirect(f"{reverse('imports:upload', args=[CODE])}?{urlencode(place)}")
    context = {"form": form, "template_code": CODE}
    return render(request, "goods/version_load.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW_TARIFF)
def difference(request: HttpRequest) -> HttpResponseBase:
    """What differs between two versions, line by line and field by field."""
    left, right = (_version(request.GET.get(name, "")) for name in ("left", "right"))
    chosen = left is not None and right is not None

    def rows(wish: Mapping[str, Any]) -> list[selectors.Difference]:
        if left is None or right is None:
            return []
        return _fitting(selectors.difference(left, right), wish)

    context = {"left": left, "right": right, "chosen": chosen}
    return render_listing(request, DIFFERENCE, rows, template="goods/difference.html", context=context)


def _version(text: str) -> TariffVersion | None:
    return selectors.version(int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _fitting(found: list[selectors.Difference], wish: Mapping[str, Any]) -> list[selectors.Difference]:
    kind, word = wish.get("kind"), wish.get("q") or ""
    label = selectors.FIELDS.get(wish.get("field") or "")
    return [
        each
        for each in found
        if (not kind or each.kind == kind)
        and (not word or word in each.name or each.code.startswith(word))
        and (not label or any(name == label for name, _, _ in each.changes))
    ]

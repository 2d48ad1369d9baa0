"""What the pages of the catalogue ask for. Rules of substance stand in services; forms carry what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from youju.foundation.policies import law_on
from youju.foundation.shell.widgets import PlainSelect
from youju.rules.law import table
from youju.trade.goods import selectors, services
from youju.trade.goods.selectors import ElementField

ELEMENT = "element:"
_PICTURES = "image/png,image/jpeg,image/webp"
_STATES = [("", "全部"), ("waiting", "等待认定"), *selectors.STATES.items()]


class GoodFilter(forms.Form):
    """What narrows the list of goods; the names are those of ``selectors.goods``."""

    text = forms.CharField(label="查找", required=False, max_length=60,
                           widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、型号、品牌、编号"}))  # fmt: skip
    state = forms.ChoiceField(label="状态", required=False, choices=_STATES)
    chapter = forms.RegexField(r"^\d{2}$", label="章", required=False, max_length=2,
                               error_messages={"invalid": "章是两位数字，例如 42。"})  # fmt: skip
    party = forms.CharField(label="经营户", required=False, max_length=60,
                            widget=forms.TextInput(attrs={"placeholder": "名称或备案号"}))  # fmt: skip
    picture = forms.ChoiceField(
        label="图片", required=False, choices=[("", "全部"), ("yes", "有图"), ("no", "没有图")]
    )


class GoodForm(forms.Form):
    """A good as it is typed; the fields of the code's declaration elements come last, named ``element:<name>``."""

    party = forms.CharField(label="经营户", required=False)
    party_number = forms.CharField(label="经营户备案号", required=False, max_length=20)
    name = forms.CharField(label="中文名称", required=False, max_length=200)
    name_en = forms.CharField(label="英文名称", required=False, max_length=200)
    hs_code = forms.CharField(
        label="商品编码",
        required=False,
        max_length=20,
        help_text="10 位数字；不知道的，写名称或拼音首字母再选。",
    )
    unit = forms.CharField(label="成交单位", required=False, max_length=10)
    model = forms.CharField(label="规格型号", required=False, max_length=200)
    brand_kind = forms.ChoiceField(
        label="品牌类型", choices=list(selectors.BRAND_KINDS.items()), required=False
    )
    brand = forms.CharField(label="品牌", required=False, max_length=100)
    producer = forms.CharField(label="生产企业", required=False, max_length=100)
    extra_code = forms.CharField(
        label="附加编码", required=False, max_length=10, help_text="3 位数字，没有就空着。"
    )
    authorisation = forms.FileField(
        label="品牌授权文件",
        required=False,
        allow_empty_file=True,
        help_text="别人的品牌要有授权；pdf、docx 或图片。",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.png,.jpg,.jpeg,.webp"}),
    )
    authorised_until = forms.DateField(
        label="授权有效期至",
        required=False,
        error_messages={"invalid": "这不是日期，请写成 2026-05-04 的样子。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    picture = forms.FileField(
        label="图片",
        required=False,
        allow_empty_file=True,
        help_text="PNG、JPEG 或 WebP，手机可以直接拍照。",
        widget=forms.FileInput(attrs={"accept": _PICTURES}),
    )
    drop_picture = forms.BooleanField(label="删去现在的图片", required=False)

    def __init__(
        self,
        *args: Any,
        parties: Iterable[tuple[int, str]] = (),
        elements: Iterable[ElementField] = (),
        new: bool = True,
        by_number: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(number), name) for number, name in parties]
        self.nobody = new and not offered
        # Whoever handles more parties than a list holds names one by its filing number.
        for name in ("party", "party_number"):
            if not new or by_number == (name == "party"):
                del self.fields[name]
        if "party" not in self.fields:
            pass
        elif len(offered) != 1:
            self.fields["party"].widget = PlainSelect(choices=[("", "请选择"), *offered])
        else:
            self.fields["party"].widget = forms.HiddenInput()
            self.fields["party"].initial = offered[0][0]
        units = list(table(law_on(timezone.localdate()), "trade.goods.units"))
        self.fields["unit"].widget = PlainSelect(choices=[("", "请选择"), *((unit, unit) for unit in units)])
        self.asked = [each for each in elements if not each.known]
        for each in self.asked:
            self.fields[ELEMENT + each.name] = forms.CharField(
                label=each.name, required=False, max_length=200
            )

    def marked(self) -> GoodForm:
        """The form as it is drawn, its required fields marked. Judged they are by the service, in one place for pages,
        spreadsheets and programs: so this comes after the form was read.
        """
        for name in ("name", "unit", "party", "party_number"):
            if name in self.fields:
                self.fields[name].required = True
        return self

    @property
    def element_fields(self) -> list[tuple[forms.BoundField, bool]]:
        """The fields of the elements, each with whether the code asks for it."""
        return [(self[ELEMENT + each.name], each.required) for each in self.asked]

    def values(self, stored: Mapping[str, str] | None = None) -> services.GoodValues:
        """What was typed; elements that the form does not show stay as they were stored."""
        cells = self.cleaned_data
        typed = {each.name: str(cells.get(ELEMENT + each.name) or "") for each in self.asked}
        kept = {name: value for name, value in (stored or {}).items() if name not in typed}
        return services.GoodValues(
            **{name: str(cells.get(name) or "") for name in
               ("name", "name_en", "model", "brand", "producer", "unit", "hs_code", "extra_code")},
            brand_kind=str(cells.get("brand_kind") or "none"),
            authorised_until=cells.get("authorised_until"),
            elements={**kept, **typed},
        )  # fmt: skip

"""The five registers as data: what a record of each says. Forms, lists, imports, the API and the trail read it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from youju.foundation.kernel.subjects import Subject
from youju.rules.office.base.kinds import BRANDS, DOCUMENTS, KIND_NAMES, PATENTS, PLATFORMS, STANDARDS
from youju.rules.office.base.lifecycle import RECORD_KINDS

Sort = Literal["words", "day", "money", "flag", "numbers"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a record says.

    Args:
        name, label: as the database and as people name it.
        sort: what it holds; ``numbers`` is a list of numbers of other records.
        required: whether it may be left out.
        longest: characters of words.
        happened: a day that cannot lie ahead.
        example, help: for the template of the import and the form.
    """

    name: str
    label: str
    sort: Sort = "words"
    required: bool = False
    longest: int = 100
    happened: bool = False
    example: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """One register. ``noun`` is what people call a record of it; ``fields`` begin with the day by which it is listed."""

    code: str
    noun: str
    number: Field
    title: Field
    holder: Field
    kind_label: str
    fields: tuple[Field, ...]
    empty: str

    @property
    def kinds(self) -> Mapping[str, str]:
        """Kind → its Chinese name."""
        return KIND_NAMES[self.code]

    @property
    def subject_kind(self) -> str:
        """How trail, files and workflow name its records."""
        return RECORD_KINDS[self.code]

    @property
    def order(self) -> str:
        """The name of the day by which it is listed."""
        return self.fields[0].name

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """Everything that a record says, in the order of forms and sheets."""
        kind = Field("kind", self.kind_label, required=True, longest=20)
        return (self.number, self.title, self.holder, kind, *self.fields, NOTE)

    def subject(self, row: Any) -> Subject:
        """A record of it as the trail names it."""
        return Subject(self.subject_kind, str(row.pk), f"{row.number} {row.title}")

    def days(self, row: Any) -> tuple[tuple[str, str, date], ...]:
        """The days that a record has, in the order in which they should follow."""
        return tuple(
            (each.name, each.label, value)
            for each in self.fields
            if each.sort == "day" and (value := getattr(row, each.name)) is not None
        )


NOTE = Field("note", "备注", longest=500)
_PROJECT = Field("project", "项目编码", longest=30, example="13060523P00454510001M")

REGISTERS = {
    DOCUMENTS: Register(
        DOCUMENTS,
        "支持政策",
        Field("number", "文号", required=True, longest=60, example="白商〔2023〕5号",
              help="年份用六角括号；没有文号的写文件简称"),
        Field("title", "文件名称", required=True, longest=200, example="关于促进市场采购贸易发展的若干措施"),
        Field("holder", "发文机关", required=True, example="保定市商务局"),
        "类别",
        (
            Field("issued_on", "发文日期", "day", required=True, happened=True, example="2023-02-10"),
            Field("valid_from", "施行日期", "day", required=True, example="2023-03-01"),
            Field("valid_to", "失效日期", "day", example="2025-12-31", help="这一天仍然有效；长期有效的不填"),
            Field("repeals", "废止的文件", "numbers", longest=300, help="几个文号用顿号分开"),
            _PROJECT,
            Field("subsidy", "对应的补贴政策", longest=40, help="补贴政策的编码，例如 export-2023"),
            Field("public", "公开", "flag", example="是", help="可以对外公开的文件"),
        ),
        "还没有支持政策。登记文号、发文机关和施行日期，文件可以上传保存。",
    ),
    PATENTS: Register(
        PATENTS,
        "专利",
        Field("number", "专利号", required=True, longest=60, example="ZL202310012345.6"),
        Field("title", "专利名称", required=True, longest=200, example="一种箱包拉杆"),
        Field("holder", "权利人", required=True, example="示例箱包有限公司"),
        "专利类别",
        (
            Field("applied_on", "申请日期", "day", required=True, happened=True, example="2023-01-10"),
            Field("granted_on", "授权日期", "day", happened=True, example="2023-08-18", help="没有授权的不填"),
        ),
        "还没有专利。登记箱包企业申请和授权的专利，才看得出基地每年的创新。",
    ),
    BRANDS: Register(
        BRANDS,
        "品牌",
        Field("number", "商标注册号", required=True, longest=60, example="12345678"),
        Field("title", "品牌名称", required=True, longest=200, example="示例"),
        Field("holder", "权利人", required=True, example="示例箱包有限公司"),
        "级别",
        (
            Field("registered_on", "注册日期", "day", required=True, happened=True, example="2019-05-14"),
            Field("valid_to", "有效期至", "day", example="2029-05-13"),
            Field("recognised_by", "认定机关", help="获得称号的，写明谁认定的"),
        ),
        "还没有品牌。登记商标和获得的称号。",
    ),
    STANDARDS: Register(
        STANDARDS,
        "标准",
        Field("number", "标准编号", required=True, longest=60, example="T/BGXB 001-2023"),
        Field("title", "标准名称", required=True, longest=200, example="旅行箱拉杆通用要求"),
        Field("holder", "主要起草单位", required=True, example="白沟箱包协会"),
        "标准级别",
        (
            Field("published_on", "发布日期", "day", required=True, happened=True, example="2023-04-01"),
            Field("effective_on", "实施日期", "day", example="2023-06-01"),
            Field("abolished_on", "废止日期", "day", help="没有废止的不填"),
        ),
        "还没有标准。登记基地牵头或参与制定的标准。",
    ),
    PLATFORMS: Register(
        PLATFORMS,
        "平台项目",
        Field("number", "项目编号", required=True, longest=60, example="PT-2023-01"),
        Field("title", "平台名称", required=True, longest=200, example="箱包检验检测公共服务平台"),
        Field("holder", "运营单位", required=True, example="示例检测技术有限公司"),
        "平台类别",
        (
            Field("starts_on", "开始日期", "day", required=True, example="2023-03-01"),
            Field("due_on", "完成期限", "day", required=True, example="2023-10-31"),
            Field("amount", "支持金额（元）", "money", required=True, example="600000.00"),
            _PROJECT,
        ),
        "还没有平台项目。登记平台、运营单位、期限和支持金额，再登记各个节点。",
    ),
}  # fmt: skip
"""Register → what a record of it says."""

FIELDS = {field.name: field.label for register in REGISTERS.values() for field in register.all_fields} | {
    "holder": "单位",
    "number": "编号",
    "title": "名称",
    "kind": "类别",
    "valid_to": "失效日期",
}
"""The Chinese names of what the trail keeps of every register."""

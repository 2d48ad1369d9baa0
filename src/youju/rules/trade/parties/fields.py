"""The fields of a filing: what each is called in Chinese and English, how long it may be, how it is typed.

Which roles see which fields, and which must be filled, are policies; pages, spreadsheets and the API take names and lengths here.
"""

from __future__ import annotations

from dataclasses import dataclass

from youju.rules.law import Table, names


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Args:
        code: its name in forms, spreadsheets and the API.
        label: Chinese.
        label_en: English, for buyers.
        group: the heading that it stands under, a key of ``GROUPS``.
        longest: characters at most.
        kind: ``text``, ``area``, ``choice``, ``secret`` (a personal identifier), ``market``.
        help: one Chinese sentence.
        help_en: the same in English where buyers see the field.
    """

    code: str
    label: str
    label_en: str
    group: str
    longest: int
    kind: str = "text"
    help: str = ""
    help_en: str = ""


GROUPS: dict[str, tuple[str, str]] = {
    "party": ("主体", "The party"),
    "person": ("负责人", "Who answers for it"),
    "contact": ("联系方式", "Contact"),
    "business": ("经营", "Business"),
    "tax": ("税务和海关", "Tax and customs"),
}

FIELDS: tuple[Field, ...] = (
    Field("name", "名称", "Name", "party", 100, help="与营业执照或护照上的一致。", help_en="As in the licence or passport."),
    Field("name_en", "英文名称", "Name in English", "party", 200, help="只用拉丁字母。", help_en="Latin letters only."),
    Field("credit_code", "统一社会信用代码", "Unified social credit code", "party", 18, help="营业执照上的 18 位代码。"),
    Field("buyer_type", "采购商类型", "Type of buyer", "party", 12, "choice"),
    Field("country", "国别（地区）", "Country or region", "party", 2, "choice"),
    Field("legal_person", "法定代表人（经营者）", "Legal representative", "person", 50),
    Field("resident_id", "居民身份证号", "Resident ID number", "person", 18, "secret", help="18 位；没有居民身份证的填护照号。"),
    Field("passport", "护照号", "Passport number", "person", 20, "secret", help="数字和拉丁字母。",
          help_en="Digits and Latin letters."),
    Field("contact", "联系人", "Contact person", "contact", 50),
    Field("phone", "联系电话", "Telephone", "contact", 30, "secret", help="手机号，或带区号的座机；境外号码以 + 和国家代码开头。",
          help_en="With + and the country code, e.g. +971 50 123 4567."),
    Field("email", "电子邮箱", "E-mail", "contact", 254),
    Field("address", "地址", "Address", "contact", 200),
    Field("market", "市场", "Market", "business", 8, "market"),
    Field("stall_number", "摊位号", "Stall number", "business", 20, help="摊位门牌上的编号。"),
    Field("registered_capital", "注册资本（万元）", "Registered capital (CNY 10,000)", "business", 15),
    Field("scope", "经营范围", "Scope of business", "business", 2000, "area", help="照营业执照填写。"),
    Field("chapters", "经营的商品章", "HS chapters", "business", 300,
          help="商品编码的前两位，用空格分开，例如 42 64（箱包是 42）。"),
    Field("region", "货源地区", "Region of supply", "business", 100),
    Field("tax_id", "纳税人识别号", "Tax number", "tax", 20),
    Field("tax_kind", "纳税人类别", "Kind of taxpayer", "tax", 12, "choice"),
    Field("customs_code", "海关编码", "Customs code", "tax", 10, help="海关报关单位备案的 10 位编码。"),
)  # fmt: skip

BY_CODE: dict[str, Field] = {field.code: field for field in FIELDS}
SECRETS: tuple[str, ...] = tuple(field.code for field in FIELDS if field.kind == "secret")


def label_of(code: str) -> str:
    """The Chinese name of a field; of another place of a filing, its word."""
    return BY_CODE[code].label if code in BY_CODE else {"roles": "主体类型", "papers": "材料"}.get(code, code)


def required(roles: tuple[str, ...], table: Table) -> tuple[Field, ...]:
    """The fields that the roles must fill, in the order of the form; ``table`` maps a role to field codes."""
    wanted = {code for role in roles for code in names(table, role)} if roles else set()
    return tuple(field for field in FIELDS if field.code in wanted)


def shown(roles: tuple[str, ...], must: Table, may: Table) -> tuple[Field, ...]:
    """The fields that the roles see."""
    wanted = {field.code for table in (must, may) for field in required(roles, table)}
    return tuple(field for field in FIELDS if field.code in wanted)

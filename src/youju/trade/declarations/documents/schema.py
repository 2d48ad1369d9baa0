"""An XML schema of the declaration message, made from the field list (``schema_files``).

``dec_message.xsd`` is what may be sent. ``dec_message_draft.xsd`` differs in one thing: a required field may be absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from youju.rules.law import PolicyValue
from youju.rules.trade.declarations.terms import MAX_LINES
from youju.trade.declarations.documents.fields import CONTAINER, HEAD, LINE, Field, fields_of

NAMESPACE = "http://www.chinaport.gov.cn/dec"
_REST = ("DecLicenseDocus", "DecFreeTxt", "DecSign", "EdocRealation")


def schema(law: Mapping[str, PolicyValue], *, draft: bool) -> str:
    """The schema by a law."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NAMESPACE}"'
        f' xmlns="{NAMESPACE}" elementFormDefault="qualified">',
        '  <xs:element name="DecMessage">',
        "    <xs:complexType><xs:sequence>",
        '      <xs:element name="DecHead" type="DecHead"/>',
        '      <xs:element name="DecLists"><xs:complexType><xs:sequence>',
        f'        <xs:element name="DecList" type="DecList" maxOccurs="{law[MAX_LINES]}"/>',
        "      </xs:sequence></xs:complexType></xs:element>",
        '      <xs:element name="DecContainers" minOccurs="0"><xs:complexType><xs:sequence>',
        '        <xs:element name="Container" type="Container" maxOccurs="unbounded"/>',
        "      </xs:sequence></xs:complexType></xs:element>",
        *(f'      <xs:element name="{name}" type="xs:anyType" minOccurs="0"/>' for name in _REST),
        "    </xs:sequence></xs:complexType>",
        "  </xs:element>",
    ]
    for name, policy in (("DecHead", HEAD), ("DecList", LINE), ("Container", CONTAINER)):
        lines += [f'  <xs:complexType name="{name}"><xs:sequence>']
        for field in fields_of(law, policy).values():
            lines += _element(field, draft=draft)
        lines += ["  </xs:sequence></xs:complexType>"]
    return "\n".join([*lines, "</xs:schema>", ""])


def _element(field: Field, *, draft: bool) -> Iterator[str]:
    least = "" if field.required and not draft else ' minOccurs="0"'
    yield f'    <xs:element name="{field.name}"{least}><xs:simpleType>'
    if field.kind == "text":
        yield (
            f'      <xs:restriction base="xs:string"><xs:minLength value="1"/>'
            f'<xs:maxLength value="{field.length}"/></xs:restriction>'
        )
    else:
        base = "xs:nonNegativeInteger" if field.kind == "whole" else "xs:decimal"
        places = f'<xs:fractionDigits value="{field.places}"/>' if field.places else ""
        yield (
            f'      <xs:restriction base="{base}"><xs:totalDigits value="{field.digits}"/>{places}'
            '<xs:minInclusive value="0"/></xs:restriction>'
        )
    yield "    </xs:simpleType></xs:element>"

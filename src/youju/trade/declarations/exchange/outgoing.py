"""The bytes of what goes out: a declaration's message with our number in its signature part, and the question about its state."""

from __future__ import annotations

from typing import Any

from lxml import etree

from youju.trade.declarations.exchange.forms import NAMESPACE, OURS
from youju.trade.declarations.exchange.naming import STATE_QUERY

_NAMES: Any = {None: OURS}


def signed(xml: bytes, client: str) -> bytes:
    """A ``DecMessage`` with our number as ``DecSign/ClientSeqNo``, by which replies name it. The same in, the same out."""
    root = etree.fromstring(
        xml, etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    )
    sign = etree.SubElement(root, f"{{{NAMESPACE}}}DecSign")
    etree.SubElement(sign, f"{{{NAMESPACE}}}ClientSeqNo").text = client
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def query(client: str, sequence_number: str, turn: int) -> bytes:
    """The question about a declaration's state; our own form."""
    root = etree.Element(f"{{{OURS}}}{STATE_QUERY}", nsmap=_NAMES)
    etree.SubElement(root, f"{{{OURS}}}ClientSeqNo").text = client
    if sequence_number:
        etree.SubElement(root, f"{{{OURS}}}SeqNo").text = sequence_number
    etree.SubElement(root, f"{{{OURS}}}QueryNo").text = str(turn)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

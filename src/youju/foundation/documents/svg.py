"""An SVG drawing made fit to stand inside a page under a strict Content-Security-Policy."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_HREF, _XLINK = "href", "{http://www.w3.org/1999/xlink}href"
# The drawing engine puts its own home before an address within our site; it is taken away again.
_ENGINE_HOME = "https://vega.github.io/vega-datasets/"
# What may stand in ``style`` and is a presentation attribute as well; anything else is dropped.
_PRESENTATION = frozenset(
    {
        "fill",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-opacity",
        "stroke-miterlimit",
        "opacity",
        "font-family",
        "font-size",
        "font-style",
        "font-weight",
        "text-anchor",
        "dominant-baseline",
        "display",
        "visibility",
        "pointer-events",
        "cursor",
    }
)


def for_page(drawing: str, *, title: str, prefix: str) -> str:
    """The drawing with presentation attributes only, ids of its own, plain links and a title for all readers.

    Args:
        drawing: an SVG document.
        title: what the picture shows, for those who cannot see it; empty for a decoration.
        prefix: set before every id, so that two pictures on one page do not borrow from one another.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.fromstring(drawing.encode(), parser)
    for element in list(root.iter(etree.Element)):
        if element.tag in {f"{_SVG}style", f"{_SVG}script", f"{_SVG}foreignObject"}:
            _drop(element)
            continue
        _style_to_attributes(element)
        for name in [name for name in element.attrib if name.startswith("on")]:
            del element.attrib[name]
        _own_ids(element, prefix)
        if element.tag == f"{_SVG}a":
            _plain_link(element)
    has_links = root.find(f".//{_SVG}a") is not None
    # Children of role="img" are hidden from screen readers, so a picture with links is a group.
    root.set("role", "group" if has_links else "img")
    # The picture shrinks to its column and never grows past its own size.
    root.set("preserveAspectRatio", "xMinYMin meet")
    if title:
        heading = etree.Element(f"{_SVG}title")
        heading.text = title
        heading.set("id", f"{prefix}-title")
        root.insert(0, heading)
        root.set("aria-labelledby", f"{prefix}-title")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _style_to_attributes(element: Any) -> None:
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in _PRESENTATION:
            element.set(name.strip(), value.replace("!important", "").strip())


def _own_ids(element: Any, prefix: str) -> None:
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, f"{prefix}-{value}")
        elif "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#{prefix}-"))
        elif name in (_HREF, _XLINK) and value.startswith("#"):
            element.set(name, f"#{prefix}-{value[1:]}")


def _plain_link(element: Any) -> None:
    """``href`` in place of ``xlink:href``, and only to pages: never ``javascript:`` or ``data:``."""
    target = element.attrib.pop(_XLINK, "") or element.attrib.pop(_HREF, "")
    target = target.removeprefix(_ENGINE_HOME)
    if target and urlsplit(target).scheme in ("", "http", "https"):
        element.set(_HREF, target)
    element.attrib.pop("target", None)

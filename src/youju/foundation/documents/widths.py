"""A picture for a page in the two widths of our pages. Apart from the drawing, which needs no framework."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from youju.foundation.documents.pictures import Chart, svg


def in_two_widths(wide: Chart, narrow: Chart) -> SafeString:
    """A picture for a page, drawn in two widths; the narrow screen sees the second."""
    # Our own drawings; they carry no script and no style.
    one, two = (mark_safe(svg(each)) for each in (wide, narrow))  # noqa: S308
    return format_html('<div class="wide-only">{}</div><div class="narrow-only">{}</div>', one, two)

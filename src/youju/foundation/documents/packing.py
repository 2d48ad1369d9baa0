"""Office packages without the moment of their making: the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile

# The first moment that a zip can say; Office never shows it.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def repack(package: bytes) -> bytes:
    """The same members in a fixed order, with a fixed time and rights.

    Args:
        package: a docx or xlsx of our own making.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        # Office expects the list of content types first.
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(info, old.read(name))
    return target.getvalue()

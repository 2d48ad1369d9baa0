"""Writes ``docs/reference/openapi.json``: ``python -m youju.config.openapi``."""

from __future__ import annotations

import json
import os
from pathlib import Path

from youju.foundation.kernel import places

PATH = places.ROOT / "docs" / "reference" / "openapi.json"


def text() -> str:
    """The description of the API as it stands; Django must be set up."""
    from youju.config.api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> Path:
    """Write the file."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
    django.setup()
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(text(), encoding="utf-8")
    return PATH


if __name__ == "__main__":
    main()

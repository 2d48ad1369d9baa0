"""Writes ``docs/reference/openapi.json``: ``python -m youju.config.openapi``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from youju.foundation.kernel import places

PATH = places.ROOT / "docs" / "reference" / "openapi.json"


def text() -> str:
    """The description of the API as it stands; Django must be set up."""
    from youju.config.api import api

    described = json.loads(json.dumps(api.get_openapi_schema()))
    _tell_the_ways_in(described)
    return json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _tell_the_ways_in(described: dict[str, Any]) -> None:
    """Each guard (``identity.web.api_guard.Needs``) takes a session or an API key; ninja tells of the guards' classes."""
    told = described["components"]["securitySchemes"]
    described["components"]["securitySchemes"] = {
        "ApiKey": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "yj_前缀_密文",
            "description": "接口密钥，在“接口密钥”页签发；不须 X-CSRFToken。以密钥的范围和所代表账号的权限为限。",
        },
        "Session": told["Needs"]
        | {"description": "浏览器登录后的会话；会改动数据的请求另须 X-CSRFToken 标头。"},
    }
    for path in described["paths"].values():
        for operation in path.values():
            if operation.get("security"):
                operation["security"] = [{"ApiKey": []}, {"Session": []}]


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

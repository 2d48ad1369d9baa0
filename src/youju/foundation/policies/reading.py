"""Files of ``policies/`` → plain data, by PyYAML's C loader, with dates as ISO text and no duplicate keys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from youju.foundation.kernel.errors import InputError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Safe YAML whose dates stay text and whose numbers with a point are refused (write them in quotes)."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"键“{key}”写了两次", key_node.start_mark)
            seen.add(key)
        return dict(super().construct_mapping(node, deep))


def _as_text(_loader: Any, node: Any) -> str:
    return str(node.value)


def _refuse(_loader: Any, node: Any) -> None:
    mark = node.start_mark
    raise yaml.constructor.ConstructorError(None, None, f"小数 {node.value} 要加引号，以免失真", mark)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_text)
_Loader.add_constructor("tag:yaml.org,2002:float", _refuse)


def read_bytes(root: Path) -> dict[str, bytes]:
    """Every ``.yaml`` and schema file below ``policies/``: relative path → bytes, in the order of paths."""
    if not root.is_dir():
        raise InputError("找不到政策文件夹", where=str(root), how="请设置 YOUJU_POLICIES 或恢复 policies/")
    paths = [path for path in root.rglob("*") if path.suffix in {".yaml", ".json"} and path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(paths)}


def content_hash(contents: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and bytes of all files: the policy hash."""
    digest = hashlib.sha256()
    for name, data in contents.items():
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def parse(contents: Mapping[str, bytes]) -> dict[str, Any]:
    """Parse the ``.yaml`` files; a fault names the file and the line."""
    return {
        name: parse_one(data, f"policies/{name}") for name, data in contents.items() if name.endswith(".yaml")
    }


def parse_one(data: bytes, name: str) -> Any:
    """One file; dates come as text, numbers with a point and repeated keys are refused; a fault names the file and the line."""
    try:
        return yaml.load(data, Loader=_Loader)  # noqa: S506  (a safe loader, narrowed)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"，第 {mark.line + 1} 行" if mark is not None else ""
        problem = getattr(error, "problem", None) or "不是合法的 YAML"
        raise InputError(f"读不出来（{problem}）", where=f"{name}{line}") from error


def written(data: Mapping[str, Any]) -> bytes:
    """Plain data as YAML that a person edits: keys in their order, text that looks like a number or a day in quotes."""
    text: str = yaml.safe_dump(
        dict(data), allow_unicode=True, sort_keys=False, default_flow_style=False, width=120
    )
    return text.encode()

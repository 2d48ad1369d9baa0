"""``youju bench``: an unknown name is one Chinese sentence that lists the known ones."""

from __future__ import annotations

import pytest

from youju.foundation.kernel.commands import bench
from youju.foundation.kernel.errors import InputError


@pytest.mark.parametrize("name", ["fly", "targets_read", "../targets-read", ""])
def test_an_unknown_benchmark_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=f"没有名为“{name}”的性能对比；可选：.*targets-read"):
        bench(name)

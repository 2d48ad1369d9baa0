"""What the web workers are forked from has loaded what libraries look for among the loaded modules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

# Counting and drawing, as pages do: pyarrow loads pandas at the first list that it is given, and altair takes whatever
# pandas stands among the loaded modules, half loaded or not.
CODE = """
import json, sys
from youju.config.web import load_all
load_all()
known = set(sys.modules)
import altair, pyarrow
pyarrow.array([1, 2])
altair.Chart(altair.Data(values=[{"a": 1}])).mark_bar().encode(x="a:Q").to_dict()
looked_for = {"pandas", "numpy", "polars", "pyarrow", "ibis", "duckdb", "modin", "dask"}
late = sorted(name for name in set(sys.modules) - known if name in looked_for)
print(json.dumps({"late": late, "pandas": "pandas" in known}))
"""


def test_nothing_is_loaded_beside_another_thread_that_looks_for_it(tmp_path: Path) -> None:
    environment = os.environ | {"YOUJU_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "youju.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"late": [], "pandas": True}

"""tariff-search: suggestions while somebody types, on 20,000 codes in force and two older versions beside them.

Ours: ``selectors.search`` whole, as the page calls it (law, version, one or two statements, rows to objects), for names, initials
and codes, cut at each letter as a person types them. The floor is one sequential ``LIKE`` scan over the same version for the same
words, without ranking by anything but length: what plain SQL costs without our index.

    YOUJU_BENCH_CODES=20000
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

CODES = int(os.environ.get("YOUJU_BENCH_CODES", "20000"))
ROUNDS = 5
HEADS = ("其他", "女式", "男式", "儿童用", "电动", "手工", "机器编织的", "经加工的", "未漂白的", "重型")
STUFFS = (
    "皮革",
    "塑料",
    "棉制",
    "化学纤维制",
    "不锈钢",
    "铝合金",
    "玻璃",
    "陶瓷",
    "竹",
    "橡胶",
    "再生皮革",
    "合成纤维",
)
THINGS = (
    "手提包", "旅行箱", "钱包", "背包", "衣箱", "公文包", "运动鞋", "雨伞", "拉链", "提箱", "餐具", "玩具", "锁", "灯具", "家具",
    "帐篷", "毛毯", "手套", "帽子", "腰带", "梳子", "眼镜盒", "首饰盒", "工具箱", "化妆包",
)  # fmt: skip
TAILS = (
    "",
    "及其零件",
    "（未列名）",
    "，每件重量不超过 2 千克",
    "，以上述材料作面",
    "及类似容器",
    "，零售包装",
)
TYPED = (
    "手提包",
    "皮革手提包",
    "塑料 旅行箱",
    "运动鞋零件",
    "其他",
    "女士化妆袋",
    "stb",
    "plstb",
    "lxx",
    "qt",
    "4202",
    "4202.22",
    "64 运动鞋",
    "z",
)


def main() -> None:
    """Print one JSON object."""
    from peers.product import product

    with product(settings="youju.config.settings"):
        _fill()
        ours, floor = _times(_ours()), _times(_floor())
    every = sorted(time for times in ours.values() for time in times)
    slowest = max(ours, key=lambda text: statistics.median(ours[text]))
    mine, other = (
        statistics.median([each for times in side.values() for each in times]) for side in (ours, floor)
    )
    result = {
        "name": "tariff-search",
        "ours": round(mine, 2),
        "peer": round(other, 2),
        "ratio": round(mine / other, 2),
        "unit": "ms",
        "n": len(every),
        "note": (
            f"medians over {len(ours)} typed words on {CODES:,} codes in force, two older versions beside; peer: one sequential"
            f" LIKE scan without ranking. Ours: 95 % under {every[int(len(every) * 0.95)]:.1f} ms, slowest {every[-1]:.1f} ms;"
            f" slowest word “{slowest}” {statistics.median(ours[slowest]):.1f} ms. Limit: 50 ms."
        ),
    }
    print(json.dumps(result, ensure_ascii=False))


def _fill() -> None:
    from django.db import connection

    from youju.trade.goods.services import TariffRow, store_tariff

    draw = random.Random(7)
    for year in (2024, 2025, 2026):
        rows = [
            TariffRow(
                f"{draw.randint(1, 97):02}{number:08}",
                draw.choice(HEADS) + draw.choice(STUFFS) + draw.choice(THINGS) + draw.choice(TAILS),
                "千克",
                draw.choice(("", "个", "双")),
            )
            for number in range(CODES)
        ]
        rows[: len(THINGS)] = [
            TariffRow(f"420222{number:04}", f"以塑料片作面的{thing}", "千克", "个")
            for number, thing in enumerate(THINGS)
        ]
        store_tariff(actor=None, name=f"{year} 年版", valid_from=date(year, 1, 1), rows=rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _typed() -> list[str]:
    """Each text as it grows under the fingers."""
    return list(dict.fromkeys(text[:end].strip() for text in TYPED for end in range(1, len(text) + 1)))


def _ours() -> Callable[[str], Any]:
    from youju.trade.goods.selectors import search

    return search


def _floor() -> Callable[[str], Any]:
    from django.db import connection

    from youju.trade.goods.selectors import version_on

    version = version_on()
    assert version is not None

    def scan(text: str) -> Any:
        word = f"%{text.replace(' ', '%')}%"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT code, name, unit1, unit2, export_duty, supervision, inspection FROM goods_tariffline"
                " WHERE version_id = %s AND (name LIKE %s OR initials LIKE %s OR code LIKE %s)"
                " ORDER BY length(name), code LIMIT 20",
                [version.pk, word, word, word.replace(".", "")[1:]],
            )
            return cursor.fetchall()

    return scan


def _times(search: Callable[[str], Any]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {text: [] for text in _typed()}
    for text in times:
        search(text)
    for _ in range(ROUNDS):
        for text, found in times.items():
            began = time.perf_counter()
            search(text)
            found.append((time.perf_counter() - began) * 1000)
    return times


if __name__ == "__main__":
    main()

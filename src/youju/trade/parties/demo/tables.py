"""The authored tables of the demo trade, read once."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from youju.foundation.kernel import places

FOLDER = places.DEMO / "trade"


@cache
def authored(name: str) -> dict[str, Any]:
    """A YAML file of the folder, by its name without ending."""
    found: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return found


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file of the folder, by its name without ending."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class Country:
    """Where buyers come from; ``language`` is a group of ``buyers.yaml``."""

    code: str
    name: str
    language: str
    weight: int
    dial: str


@dataclass(frozen=True, slots=True)
class Product:
    """What merchants sell: money in CNY per ``unit``, weight in kg per unit, a carton holds ``per_carton`` units."""

    code: str
    profile: str
    name: str
    name_en: str
    hs_code: str
    unit: str
    material: str
    per_carton: int
    kg: str
    low: str
    high: str
    carton_m3: str


@cache
def countries() -> tuple[Country, ...]:
    """The 90 countries."""
    return tuple(
        Country(row["iso2"], row["name"], row["language"], int(row["weight"]), row["dial"])
        for row in rows("countries")
    )


@cache
def products() -> dict[str, tuple[Product, ...]]:
    """The products of each profile."""
    found: dict[str, tuple[Product, ...]] = {}
    for row in rows("products"):
        product = Product(
            row["id"],
            row["profile"],
            row["name"],
            row["name_en"],
            row["hs_code"],
            row["unit"],
            row["material"],
            int(row["per_carton"]),
            row["kg"],
            row["low"],
            row["high"],
            row["carton_m3"],
        )
        found[product.profile] = (*found.get(product.profile, ()), product)
    return found

"""Countries as the trade names them: those of the kernel, under the name that the rooms of the trade know."""

from youju.foundation.kernel.countries import (
    HOME,
    alpha_3,
    code_of,
    countries,
    country_name,
    name_of,
    names,
    names_en,
)

__all__ = [
    "HOME",
    "alpha_3",
    "code_of",
    "countries",
    "country_name",
    "name_of",
    "names",
    "names_en",
]

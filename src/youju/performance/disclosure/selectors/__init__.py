"""Reading releases; and where other rooms join in."""

from youju.performance.disclosure.selectors.providers import (
    Ask,
    Computed,
    Part,
    Provider,
    providers,
    register_provider,
)
from youju.performance.disclosure.selectors.releases import (
    Published,
    ReleasePage,
    Version,
    public_mark,
    public_releases,
    published_of,
    release_of,
    release_page,
    releases,
    years,
)

__all__ = [
    "Ask",
    "Computed",
    "Part",
    "Provider",
    "Published",
    "ReleasePage",
    "Version",
    "providers",
    "public_mark",
    "public_releases",
    "published_of",
    "register_provider",
    "release_of",
    "release_page",
    "releases",
    "years",
]

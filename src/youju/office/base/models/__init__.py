"""Tables of the base: policy documents, patents, brands, standards, platform projects and their milestones."""

from typing import Any

from youju.office.base.models.papers import Document
from youju.office.base.models.platforms import Milestone, Platform
from youju.office.base.models.rights import Brand, Patent, Standard
from youju.rules.office.base.kinds import BRANDS, DOCUMENTS, PATENTS, PLATFORMS, STANDARDS

MODELS: dict[str, Any] = {
    DOCUMENTS: Document,
    PATENTS: Patent,
    BRANDS: Brand,
    STANDARDS: Standard,
    PLATFORMS: Platform,
}
"""Register → its table."""

__all__ = ["MODELS", "Brand", "Document", "Milestone", "Patent", "Platform", "Standard"]

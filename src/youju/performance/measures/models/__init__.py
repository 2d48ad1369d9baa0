"""Tables of the room of measures. Private to it: other rooms ask ``selectors``."""

from youju.performance.measures.models.bindings import Binding
from youju.performance.measures.models.freezes import Freeze, FrozenRow
from youju.performance.measures.models.statements import Adjustment, Attestation

__all__ = ["Adjustment", "Attestation", "Binding", "Freeze", "FrozenRow"]

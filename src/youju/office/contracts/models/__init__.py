"""Tables of contracts: the register, deliverables, due payments, opinions of legal counsel."""

from youju.office.contracts.models.contracts import Contract, Deliverable, Instalment, Opinion

__all__ = ["Contract", "Deliverable", "Instalment", "Opinion"]

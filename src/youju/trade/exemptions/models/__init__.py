"""Tables of the room of exemptions. Private to it: another room asks ``selectors``."""

from youju.trade.exemptions.models.certificates import Certificate, CertificateLine
from youju.trade.exemptions.models.filings import Filing, FilingLine, Series
from youju.trade.exemptions.models.invoices import Invoice
from youju.trade.exemptions.models.lines import BoardLine, ExportLine
from youju.trade.exemptions.models.quarters import QuarterReport

__all__ = [
    "BoardLine",
    "Certificate",
    "CertificateLine",
    "ExportLine",
    "Filing",
    "FilingLine",
    "Invoice",
    "QuarterReport",
    "Series",
]

"""The addresses of the room of exemptions. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.trade.exemptions.web import board, certificates, filings, home, invoices, quarters

app_name = "exemptions"
urlpatterns = [
    path("", home.home, name="home"),
    path("prepare/", home.prepare, name="prepare"),
    path("file-all/", home.file_all, name="file-all"),
    path("filings/", filings.filing_list, name="filings"),
    path("late/", filings.late_list, name="late"),
    path("filings/<int:number>/", filings.filing, name="filing"),
    path("filings/<int:number>/step/", filings.step, name="step"),
    path("certificates/", certificates.certificate_list, name="certificates"),
    path("certificates/new/", certificates.new, name="certificate-new"),
    path("certificates/papers/<uuid:document>/", certificates.paper, name="paper"),
    path("certificates/<int:number>/", certificates.certificate, name="certificate"),
    path("certificates/<int:number>/step/", certificates.step, name="certificate-step"),
    path("certificates/<int:number>/paper/", certificates.make, name="certificate-paper"),
    path("quarters/", quarters.quarters, name="quarters"),
    path("quarters/<str:quarter>/<int:agent>/", quarters.quarter, name="quarter"),
    path("quarters/<str:quarter>/<int:agent>/report/", quarters.report, name="quarter-report"),
    path("quarters/<str:quarter>/<int:agent>/xlsx/", quarters.workbook, name="quarter-xlsx"),
    path("board/", board.board, name="board"),
    path("lines/<int:number>/", board.line, name="line"),
    path("invoices/", invoices.invoice_list, name="invoices"),
    path("invoices/new/", invoices.new, name="invoice-new"),
    path("invoices/<int:number>/remove/", invoices.remove, name="invoice-remove"),
]

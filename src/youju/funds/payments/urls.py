"""Addresses of payments."""

from __future__ import annotations

from django.urls import path

from youju.funds.payments.web import acting, banking, payments, progress, reminders

app_name = "payments"
urlpatterns = [
    path("", payments.payment_list, name="payments"),
    path("new/", payments.new, name="payment-new"),
    path("progress/", progress.board, name="progress"),
    path("reminders/<str:key>/", reminders.reminder, name="reminder"),
    path("bank/", banking.bank_files, name="bank-files"),
    path("bank/make/", banking.make, name="bank-make"),
    path("bank/<str:number>/", banking.bank_file, name="bank-file"),
    path("bank/<str:number>/void/", banking.void, name="bank-void"),
    path("bank/<str:number>/<str:format>/", banking.download, name="bank-download"),
    path("returns/", banking.bank_returns, name="bank-returns"),
    path("returns/read/", banking.read, name="bank-read"),
    path("returns/<int:return_id>/", banking.bank_return, name="bank-return"),
    path("returns/<int:return_id>/<int:row_id>/settle/", banking.settle, name="bank-settle"),
    path("order/<uuid:document>/", acting.order, name="order-file"),
    path("<str:number>/", payments.payment, name="payment"),
    path("<str:number>/step/", acting.step, name="payment-step"),
    path("<str:number>/revise/", payments.revise, name="payment-revise"),
    path("<str:number>/correct/", payments.correct, name="payment-correct"),
    path("<str:number>/answer/", acting.answer, name="payment-answer"),
    path("<str:number>/outcome/", acting.outcome, name="payment-outcome"),
    path("<str:number>/decide/", acting.decide, name="payment-decide"),
    path("<str:number>/unmask/", acting.unmask, name="payment-unmask"),
    path("<str:number>/papers/<int:file_id>/", acting.paper, name="payment-paper"),
    path("<str:number>/order/<str:format>/", acting.make_order, name="payment-order"),
]

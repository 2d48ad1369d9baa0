"""Addresses of the subsidies room, under ``/subsidies/``. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.funds.subsidies.web import backtests, policies, policies_edit

app_name = "subsidies"
urlpatterns = [
    path("policies/", policies.policy_list, name="policies"),
    path("policies/new/", policies.new, name="policy-new"),
    path("policies/next/", policies.next_version, name="policy-next"),
    path("policies/<int:number>/", policies.policy, name="policy"),
    path("policies/<int:number>/edit/", policies_edit.edit, name="policy-edit"),
    path("policies/<int:number>/keep/", policies_edit.keep, name="policy-keep"),
    path("policies/<int:number>/step/", policies.step, name="policy-step"),
    path("policies/<int:number>/file/", policies.take_out, name="policy-file"),
    path("policies/<int:number>/since/<int:other>/", policies.difference, name="policy-difference"),
    path("policies/<int:number>/backtest/", backtests.ask, name="backtest-ask"),
    path("backtests/<int:number>/", backtests.backtest, name="backtest"),
    path("backtests/<int:number>/gainers/", backtests.gainers, name="backtest-gainers"),
]

"""Addresses of the identity room."""

from __future__ import annotations

from django.urls import path

from youju.foundation.identity.web import account, api_keys, factor, login, organisations, sessions, users

app_name = "identity"
urlpatterns = [
    path("login", login.login_page, name="login"),
    path("login/demo/<slug:role>", login.demo_login, name="demo-login"),
    path("logout", login.log_out, name="logout"),
    path("login/second", login.second_step, name="second-step"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="password"),
    path("account/factor", factor.factor, name="factor"),
    path("account/factor/codes", factor.renew_codes, name="factor-codes"),
    path("account/factor/remove", factor.remove, name="factor-remove"),
    path("account/sessions/end", sessions.end_one, name="session-end"),
    path("account/sessions/end-others", sessions.end_others, name="sessions-end"),
    path("users/keys", api_keys.key_list, name="api-keys"),
    path("users/keys/new", api_keys.new_key, name="api-key-new"),
    path("users/keys/<int:key_id>", api_keys.one_key, name="api-key"),
    path("users/<int:user_id>/sessions/end", sessions.end_of_user, name="user-sessions-end"),
    path("users/<int:user_id>/factor/reset", sessions.reset_factor, name="user-factor-reset"),
    path("users", users.user_list, name="users"),
    path("users/new", users.new_user, name="user-new"),
    path("users/organisations", organisations.organisation_list, name="organisations"),
    path("users/organisations/new", organisations.new_organisation, name="organisation-new"),
    path(
        "users/organisations/<int:organisation_id>", organisations.edit_organisation, name="organisation-edit"
    ),
    path("users/<int:user_id>", users.edit_user, name="user-edit"),
    path("users/<int:user_id>/unlock", users.unlock, name="user-unlock"),
    path("users/<int:user_id>/reset-password", users.reset_password, name="user-reset-password"),
]

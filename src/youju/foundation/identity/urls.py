"""Addresses of the identity room."""

from __future__ import annotations

from django.urls import path

from youju.foundation.identity.web import account, login, organisations, users

app_name = "identity"
urlpatterns = [
    path("login", login.login_page, name="login"),
    path("login/demo/<slug:role>", login.demo_login, name="demo-login"),
    path("logout", login.log_out, name="logout"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="password"),
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

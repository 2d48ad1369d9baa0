"""Which permission each part of this room asks for."""

from __future__ import annotations

from youju.foundation.identity.permissions import Permission

VIEW = Permission.ORDERS_VIEW
EDIT = Permission.ORDERS_EDIT
CONFIRM = Permission.ORDERS_CONFIRM
IMPORT = Permission.ORDERS_IMPORT
EXPORT = Permission.ORDERS_EXPORT
RATES = Permission.RATES_MANAGE

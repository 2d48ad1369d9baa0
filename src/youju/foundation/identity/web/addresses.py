"""Where a request comes from; kept here for ``AXES_CLIENT_IP_CALLABLE``."""

from youju.foundation.shell.addresses import client_address

__all__ = ["client_address"]

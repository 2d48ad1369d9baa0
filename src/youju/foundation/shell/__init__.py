"""The shell: the one design that every page uses.

Templates extend ``shell/base.html`` (or ``shell/bare.html`` without navigation); ``{% load shell %}`` brings the
components; :mod:`youju.foundation.shell.listing` brings tables that sort, filter, page and export on the server;
:mod:`youju.foundation.shell.navigation` takes each room's entries of the left navigation.
"""

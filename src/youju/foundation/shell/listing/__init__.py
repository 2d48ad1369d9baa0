"""Tables that sort, filter, page on the server and export everything, all on one address.

A view says what it shows and hands over rows that a selector gave it::

    PROJECTS = Listing(
        name="projects", title="项目",
        columns=(Column("code", "项目编码", sort="code", href=lambda row: row.url),
                 Column("budget", "预算数（万元）", sort="budget", numeric=True)),
        order="code", filter_form=ProjectFilter, export_name="项目清单",
    )

    def projects(request):
        return render_listing(request, PROJECTS, lambda wish: selectors.projects(**wish), template="targets/list.html")

and the template places ``{% listing_filters listing %}`` and ``{% listing listing %}``. The address understands the
filter form's own fields and ``sort=code`` / ``sort=-code``, ``page=2``, ``size=50``, ``export=csv|xlsx``. A plain GET
gives the page, htmx gets the table region alone and pushes the address.
"""

from __future__ import annotations

from youju.foundation.shell.listing.columns import Column
from youju.foundation.shell.listing.listing import Listing
from youju.foundation.shell.listing.rendering import render_listing
from youju.foundation.shell.listing.showing import Shown, show

__all__ = ["Column", "Listing", "Shown", "render_listing", "show"]

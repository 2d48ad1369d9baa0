"""PostgreSQL for the product: the embedded server or one named by ``YOUJU_DATABASE_URL``; an owner role and an
application role; start-up, migration and the checks of ``youju doctor``. Nothing here imports Django at load time.
"""

from youju.foundation.database.addresses import django_databases
from youju.foundation.database.ready import database_ready, django_ready

__all__ = ["database_ready", "django_databases", "django_ready"]

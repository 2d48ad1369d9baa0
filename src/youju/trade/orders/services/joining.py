"""Others who take part in an order later: the consolidator who gathers its goods, the broker who declares them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction


@transaction.atomic
def let_take_part(*, orders: Iterable[int], organisation: int) -> int:
    """Let the people of an organisation see orders from now on; how many did not know them before.

    For rooms above, inside a service that has asked for permission; the caller itself takes part in the orders.

    Args:
        orders: ids.
        organisation: id of the organisation.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orders_order SET organisations = organisations || %s::bigint"
            " WHERE id = ANY (%s) AND NOT organisations @> ARRAY[%s]::bigint[]",
            [organisation, sorted(set(orders)), organisation],
        )
        return int(cursor.rowcount)

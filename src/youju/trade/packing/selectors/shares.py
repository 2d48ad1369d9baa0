"""Which part of its container a packed line takes: as the view ``packing_container_shares``, for some lines alone."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

# As the view counts it, over the containers of the lines asked for alone.
_SHARES = """
SELECT packed.id, c.number, c.kind,
       (round(upto * 1000000 / whole) - round((upto - part) * 1000000 / whole))::bigint
FROM (
  SELECT p.id, p.container_id, part, sum(part) OVER (PARTITION BY p.container_id ORDER BY p.id) AS upto,
         sum(part) OVER (PARTITION BY p.container_id) AS whole
  FROM (
    SELECT p.id, p.container_id,
           CASE WHEN sum(p.gross_weight) OVER (PARTITION BY p.container_id) > 0 THEN p.gross_weight ELSE 1 END AS part
    FROM packing_packedline p
    WHERE p.container_id IN (SELECT container_id FROM packing_packedline WHERE id = ANY (%s))
  ) p
) packed JOIN packing_container c ON c.id = packed.container_id
WHERE packed.id = ANY (%s)
"""


def container_shares(packed: Sequence[int]) -> dict[int, tuple[str, str, int]]:
    """Packed line → number and kind of its container, and its part in millionths. One query, or none for no lines.

    Parts of a container add up to 1,000,000 where the asker reaches all of its lines.
    """
    if not packed:
        return {}
    wanted = list(packed)
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, [wanted, wanted])
        return {key: (number, kind, share) for key, number, kind, share in cursor.fetchall()}

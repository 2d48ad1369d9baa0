"""``audit_append`` takes where each deed came from: deeds of several requests of one person go in one call."""

from django.db import migrations

from youju.foundation.audit.migrations import _statements as statements

_WAS = statements.CREATE[
    statements.CREATE.index("-- Appends the given deeds") : statements.CREATE.index(
        "CREATE FUNCTION audit_refuse"
    )
]
_TYPES = "text, text, text, text, {place}, {place}, text, text, text[], text[], text[], text[], text[], text, integer"
_CHANGES = (
    ("-- Appends the given deeds", "-- Addresses and requests: one for each deed, or a single one for all.\n-- Appends the given deeds"),
    ("p_address text, p_request_id text", "p_addresses text[], p_request_ids text[]"),
    (
        "  common text := audit_netstring(p_actor)",
        "  places integer := cardinality(p_addresses);\n"
        "  requests integer := cardinality(p_request_ids);\n"
        "  address text;\n  request text;\n"
        "  who text := audit_netstring(p_actor)",
    ),
    (
        "|| audit_netstring(p_organisation) || audit_netstring(p_address) || audit_netstring(p_request_id)\n"
        "    || audit_netstring(p_channel)",
        "|| audit_netstring(p_organisation);\n  what text := audit_netstring(p_channel)",
    ),
    ("    s.length := s.length + 1;\n", "    s.length := s.length + 1;\n    address := p_addresses[least(i, places)];\n"
     "    request := p_request_ids[least(i, requests)];\n"),
    ("|| common\n", "|| who || audit_netstring(address) || audit_netstring(request) || what\n"),
    ("p_organisation, p_address, p_request_id,", "p_organisation, address, request,"),
)  # fmt: skip


def _now() -> str:
    text = _WAS
    for old, new in _CHANGES:
        if text.count(old) != 1:
            raise RuntimeError(f"audit.0001 no longer says {old!r}")
        text = text.replace(old, new)
    return text


def _swap(gone: str, made: str) -> str:
    before, after = (_TYPES.format(place=each) for each in ((gone, made)))
    text = _WAS if made == "text" else _now()
    return (
        f"DROP FUNCTION audit_append({before});\n{text}\n"
        f"REVOKE ALL ON FUNCTION audit_append({after}) FROM PUBLIC;"
    )


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first")]

    operations = [migrations.RunSQL(_swap("text", "text[]"), _swap("text[]", "text"))]

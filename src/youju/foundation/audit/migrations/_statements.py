"""The SQL of the trail: its one writer and its guards. Its hashing is the twin of ``audit.chain``; a test holds them together."""

_FUNCTION = """
CREATE SEQUENCE audit_segment_number AS integer OWNED BY audit_segment.number;

-- NULL and the empty text differ; a length in bytes before each value leaves no room for two readings.
CREATE FUNCTION audit_netstring(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN value IS NULL THEN '-,' ELSE octet_length(value)::text || ':' || value || ',' END
$$;

CREATE FUNCTION audit_genesis(number integer, previous integer, head bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(convert_to(audit_netstring('youju-audit-1-genesis') || audit_netstring(number::text)
    || audit_netstring(previous::text) || audit_netstring(encode(head, 'hex')), 'UTF8'))
$$;

-- Appends the given deeds to a segment that no other open transaction holds, and keeps to it until this transaction ends.
-- Nobody waits: where every open segment is taken, another one is opened. A full segment is closed, its successor chained to it.
CREATE FUNCTION audit_append(
  p_actor text, p_actor_name text, p_on_behalf_of text, p_organisation text, p_address text, p_request_id text,
  p_channel text, p_verb text, p_kinds text[], p_keys text[], p_labels text[], p_befores text[], p_afters text[],
  p_reason text, p_capacity integer
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  -- A line for each stretch: segment, last position, its hash. Text, because a set would cost as much as the insert.
  done text := '';
  held text := current_setting('youju.audit_segment', true);
  s public.audit_segment%ROWTYPE;
  successor integer;
  moment timestamptz;
  common text := audit_netstring(p_actor) || audit_netstring(p_actor_name) || audit_netstring(p_on_behalf_of)
    || audit_netstring(p_organisation) || audit_netstring(p_address) || audit_netstring(p_request_id)
    || audit_netstring(p_channel) || audit_netstring(p_verb);
BEGIN
  IF coalesce(held, '') <> '' THEN
    SELECT * INTO s FROM public.audit_segment g WHERE g.number = held::integer AND g.closed_at IS NULL FOR UPDATE;
  ELSE
    SELECT * INTO s FROM public.audit_segment g WHERE g.closed_at IS NULL ORDER BY g.number LIMIT 1 FOR UPDATE SKIP LOCKED;
  END IF;
  IF s.number IS NULL THEN
    s.number := nextval('public.audit_segment_number');
    s.previous := NULL;
    s.genesis := audit_genesis(s.number, NULL, NULL);
    s.head := s.genesis;
    s.length := 0;
    INSERT INTO public.audit_segment (number, previous, genesis, length, head, opened_at)
      VALUES (s.number, NULL, s.genesis, 0, s.head, clock_timestamp());
  END IF;
  PERFORM set_config('youju.audit_segment', s.number::text, true);
  FOR i IN 1 .. cardinality(p_kinds) LOOP
    IF s.length >= p_capacity THEN
      UPDATE public.audit_segment g SET length = s.length, head = s.head, closed_at = clock_timestamp() WHERE g.number = s.number;
      done := done || s.number || ' ' || s.length || ' ' || encode(s.head, 'hex') || E'\\n';
      successor := nextval('public.audit_segment_number');
      s.previous := s.number;
      s.genesis := audit_genesis(successor, s.number, s.head);
      s.number := successor;
      s.head := s.genesis;
      s.length := 0;
      INSERT INTO public.audit_segment (number, previous, genesis, length, head, opened_at)
        VALUES (s.number, s.previous, s.genesis, 0, s.head, clock_timestamp());
      PERFORM set_config('youju.audit_segment', s.number::text, true);
    END IF;
    s.length := s.length + 1;
    moment := clock_timestamp();
    s.head := sha256(s.head || convert_to(
      audit_netstring('youju-audit-1') || audit_netstring(s.number::text) || audit_netstring(s.length::text)
      || audit_netstring(to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) || common
      || audit_netstring(p_kinds[i]) || audit_netstring(p_keys[i]) || audit_netstring(p_labels[i])
      || audit_netstring(p_befores[i]) || audit_netstring(p_afters[i]) || audit_netstring(p_reason), 'UTF8'));
    INSERT INTO public.audit_entry (segment, position, at, actor, actor_name, on_behalf_of, organisation, address, request_id,
        channel, verb, subject_kind, subject_key, subject_label, before, after, reason, hash)
      VALUES (s.number, s.length, moment, p_actor, p_actor_name, p_on_behalf_of, p_organisation, p_address, p_request_id,
        p_channel, p_verb, p_kinds[i], p_keys[i], p_labels[i], p_befores[i], p_afters[i], p_reason, s.head);
  END LOOP;
  UPDATE public.audit_segment g SET length = s.length, head = s.head WHERE g.number = s.number;
  RETURN done || s.number || ' ' || s.length || ' ' || encode(s.head, 'hex') || E'\\n';
END
$$;
"""

_GUARDS = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit: % on % is refused, the trail is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_never_emptied BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_segment_never_removed BEFORE DELETE ON audit_segment FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_segment_never_emptied BEFORE TRUNCATE ON audit_segment FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- A segment grows and is closed once; its number, its origin and what is closed never change.
CREATE FUNCTION audit_segment_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL OR NEW.number <> OLD.number OR NEW.previous IS DISTINCT FROM OLD.previous
     OR NEW.genesis <> OLD.genesis OR NEW.length < OLD.length OR NEW.opened_at <> OLD.opened_at THEN
    RAISE EXCEPTION 'audit: segment % only grows', OLD.number USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER audit_segment_only_grows BEFORE UPDATE ON audit_segment FOR EACH ROW EXECUTE FUNCTION audit_segment_grows();

-- The head of a segment changes with each deed: keep room on the page, so that no index needs a new entry.
ALTER TABLE audit_segment SET (fillfactor = 30, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);
-- What this comment says is read by database.roles.grant_app: the application may read these tables and not write them.
COMMENT ON TABLE audit_entry IS 'youju: read-only for the application';
COMMENT ON TABLE audit_segment IS 'youju: read-only for the application';
REVOKE ALL ON FUNCTION audit_append(text, text, text, text, text, text, text, text, text[], text[], text[], text[], text[], text, integer)
  FROM PUBLIC;
"""

CREATE = _FUNCTION + _GUARDS

DROP = """
DROP FUNCTION audit_append(text, text, text, text, text, text, text, text, text[], text[], text[], text[], text[], text, integer);
DROP FUNCTION audit_genesis(integer, integer, bytea);
DROP FUNCTION audit_netstring(text);
DROP FUNCTION audit_refuse() CASCADE;
DROP FUNCTION audit_segment_grows() CASCADE;
DROP SEQUENCE audit_segment_number;
"""

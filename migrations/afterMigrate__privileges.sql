-- What the service's role may do, where it is another than the owner's, which runs the migrations: run after every migration, so that new tables
-- are covered as well. A table is open to all four statements unless it is named here; nothing lets the role truncate, alter, drop or create.
DO $$
DECLARE
    service     CONSTANT text := '${service}';
    append_only CONSTANT text[] := ARRAY['entry', 'posting', 'rate', 'plan_version', 'pack_version', 'credit_price', 'alert'];
    history     CONSTANT text := '${flyway:table}';
    relation    record;
    wanted      text[];
    verb        text;
BEGIN
    IF service = current_user OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = service AND NOT rolsuper) THEN
        RETURN;
    END IF;
    -- Two processes that grant the same at once would be in each other's way.
    PERFORM pg_advisory_xact_lock(hashtext('afterMigrate'));
    IF NOT has_schema_privilege(service, current_schema(), 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), service);
    END IF;
    FOR relation IN
        SELECT c.oid, c.relname AS name FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname
    LOOP
        wanted := CASE
            WHEN relation.name = history THEN ARRAY['SELECT']
            -- Erasure changes one column of these, and the checksum with it.
            WHEN relation.name = ANY (append_only || ARRAY['idempotency_key', 'subscription_change']) THEN ARRAY['SELECT', 'INSERT']
            WHEN relation.name = 'posting_text' THEN ARRAY['SELECT', 'INSERT', 'DELETE']
            ELSE ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] END;
        FOREACH verb IN ARRAY ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'] LOOP
            -- Only what differs: a grant writes to the catalog even where it changes nothing.
            IF verb = ANY (wanted) <> has_table_privilege(service, relation.oid, verb) THEN
                EXECUTE CASE WHEN verb = ANY (wanted)
                    THEN format('GRANT %s ON %I TO %I', verb, relation.name, service)
                    ELSE format('REVOKE %s ON %I FROM %I', verb, relation.name, service) END;
            END IF;
        END LOOP;
    END LOOP;
    IF NOT has_column_privilege(service, 'idempotency_key', 'answer', 'UPDATE') THEN
        EXECUTE format('GRANT UPDATE (answer, checksum) ON idempotency_key TO %I', service);
    END IF;
    IF NOT has_column_privilege(service, 'subscription_change', 'reason', 'UPDATE') THEN
        EXECUTE format('GRANT UPDATE (reason, checksum) ON subscription_change TO %I', service);
    END IF;
    IF has_table_privilege(service, 'entry', 'UPDATE, DELETE, TRUNCATE') THEN
        RAISE WARNING 'The role % can still change entries: it is a member of the role that owns them, or everybody may.', service;
    END IF;
END $$;

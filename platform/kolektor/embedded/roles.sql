-- The database roles of Kolektor. Run it as a superuser, connected to the database that Kolektor will use:
--     psql -d kolektor -f roles.sql
-- It may be run again at any time. It sets no passwords: on a server of your own, give each role one (\password).
--
--   kolektor_owner  migrations and provisioning; the only one that may create schemas
--   kolektor_app    web and workers; rows only, no DDL
--   kolektor_hq     network headquarters; rows of the reporting tables only, no DDL
--
-- Table privileges are granted by the migrations, next to the tables.

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['kolektor_owner', 'kolektor_app', 'kolektor_hq'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I', role_name);
        END IF;
        -- roles are the whole server's: of two databases prepared at once, one would fail at a change that changes nothing
        IF NOT EXISTS (
            SELECT FROM pg_roles WHERE rolname = role_name AND rolcanlogin AND rolinherit AND NOT rolcreaterole
                AND rolcreatedb = (role_name = 'kolektor_owner')
        ) THEN
            EXECUTE format(
                'ALTER ROLE %I LOGIN INHERIT NOCREATEROLE %s', role_name,
                CASE role_name WHEN 'kolektor_owner' THEN 'CREATEDB' ELSE 'NOCREATEDB' END
            );
        END IF;
    END LOOP;

    EXECUTE format('ALTER DATABASE %I OWNER TO kolektor_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, kolektor_app, kolektor_hq', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO kolektor_owner, kolektor_app, kolektor_hq', current_database());

    ALTER SCHEMA public OWNER TO kolektor_owner;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    REVOKE CREATE ON SCHEMA public FROM kolektor_app, kolektor_hq;
    GRANT USAGE ON SCHEMA public TO kolektor_app, kolektor_hq;
END
$$;

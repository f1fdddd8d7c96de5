-- One service's roles and database. Run once per service, as a superuser, connected to any database; running it again changes nothing
-- but the passwords. By hand:
--   psql -v service=review -v owner_password=… -v app_password=… -f deploy/postgres/roles.sql
-- and afterwards database.sql in the new database. `npm start` and the tests run the same two files.
--
--   <service>_owner  owns the database and its tables; runs migrations; no service works with it
--   <service>_app    what the running service connects as: neither owner nor superuser, and row-level security binds it

select format('create role %I', :'service' || '_owner')
where not exists (select from pg_roles where rolname = :'service' || '_owner') \gexec

select format('create role %I', :'service' || '_app')
where not exists (select from pg_roles where rolname = :'service' || '_app') \gexec

select format('alter role %I login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password %L', :'service' || '_owner', :'owner_password') \gexec

select format('alter role %I login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit password %L', :'service' || '_app', :'app_password') \gexec

-- A migration waits for a lock at most a second (expand, backfill, contract), the service for a row at most three.
select format('alter role %I set lock_timeout = ''1s''', :'service' || '_owner') \gexec

select format('alter role %I set statement_timeout = ''4s''', :'service' || '_app') \gexec

select format('alter role %I set lock_timeout = ''3s''', :'service' || '_app') \gexec

select format('alter role %I set idle_in_transaction_session_timeout = ''10s''', :'service' || '_app') \gexec

-- ICU: with the C locale trigrams of Chinese text are empty.
select format('create database %I owner %I template template0 encoding ''UTF8'' locale ''C.UTF-8'' locale_provider icu icu_locale ''und''', 'shidang_' || :'service', :'service' || '_owner')
where not exists (select from pg_database where datname = 'shidang_' || :'service') \gexec

select format('revoke all on database %I from public', 'shidang_' || :'service') \gexec

select format('grant connect, temporary on database %I to %I', 'shidang_' || :'service', :'service' || '_app') \gexec

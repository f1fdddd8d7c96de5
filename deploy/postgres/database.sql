-- Inside one service's database, as a superuser, after roles.sql:
--   psql -v service=review -d shidang_review -f deploy/postgres/database.sql

revoke all on schema public from public;

select format('alter schema public owner to %I', :'service' || '_owner') \gexec

select format('grant usage on schema public to %I', :'service' || '_app') \gexec

-- Migrations narrow this where a table is append-only (audit, outbox): revoke there, never grant here.
select format('alter default privileges for role %I in schema public grant select, insert, update, delete on tables to %I', :'service' || '_owner', :'service' || '_app') \gexec

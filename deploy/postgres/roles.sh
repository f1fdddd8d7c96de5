#!/bin/sh
# roles.sh: roles.sql and database.sql for every service, as the superuser of PGHOST, PGUSER, … The password and the services' URLs, in which their
# passwords are, come from files below SECRETS (/run/secrets). May be run again at any time: it sets the passwords anew.
set -eu
secrets=${SECRETS:-/run/secrets}
here=$(dirname "$0")
PGPASSWORD=$(cat "$secrets/postgres-password")
export PGPASSWORD
password_of() { sed -n 's#^[a-z]*://[^:]*:\([^@]*\)@.*#\1#p' "$1"; }
for file in "$secrets"/*-migration-database-url; do
  service=$(basename "$file" -migration-database-url)
  psql -qX -v ON_ERROR_STOP=1 -v service="$service" -v owner_password="$(password_of "$file")" \
    -v app_password="$(password_of "$secrets/$service-database-url")" -f "$here/roles.sql"
  psql -qX -v ON_ERROR_STOP=1 -v service="$service" -d "shidang_$service" -f "$here/database.sql"
done

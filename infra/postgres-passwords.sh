#!/bin/sh
# Gives the three roles of roles.sql their passwords; the PostgreSQL image runs it once, when its data is made.
# psql quotes the values, so a password may hold any character.
set -eu
psql --set=ON_ERROR_STOP=1 --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set=owner="$KOLEKTOR_OWNER_PASSWORD" --set=app="$KOLEKTOR_APP_PASSWORD" --set=hq="$KOLEKTOR_HQ_PASSWORD" <<'SQL'
ALTER ROLE kolektor_owner PASSWORD :'owner';
ALTER ROLE kolektor_app PASSWORD :'app';
ALTER ROLE kolektor_hq PASSWORD :'hq';
SQL

#!/bin/sh
# start.sh [argument of nats-server…]: passwords from files into the environment of nats-server, where permissions.conf looks for them.
# SECRETS: their directory, /run/secrets unless given; nats-password-<user> holds the password of <user>.
set -eu
for file in "${SECRETS:-/run/secrets}"/nats-password-*; do
  user=$(printf '%s' "${file##*/nats-password-}" | tr '[:lower:]' '[:upper:]')
  export "NATS_PASSWORD_$user=$(cat "$file")"
done
# How the others reach this node; quoted for the parser of the configuration.
export NATS_ADVERTISE="\"${NATS_NAME}.nats:6222\""
exec "${NATS_SERVER:-nats-server}" "$@"

#!/bin/sh
# archive-wal.sh <path of the segment> <its name> <archive>: PostgreSQL's archive_command ('sh …/archive-wal.sh "%p" "%f" /archive').
# Answers 0 only when the segment is on disk, whole, under its name. Never overwrites: a name that is there must hold the same
# bytes (the server asks again after a crash), otherwise two servers write to one archive and this one is told so.
set -eu
name=$3/$2.gz

if [ -e "$name" ]; then
  gzip -dc "$name" | cmp -s - "$1" && exit 0
  echo "archive-wal: $name is there with other content: two servers, one archive?" >&2
  exit 1
fi

part=$3/.$2.$$.part
trap 'rm -f "$part"' EXIT
gzip -1 <"$1" >"$part"
sync "$part"
# a link fails where a rename would overwrite
ln "$part" "$name"
sync "$3"

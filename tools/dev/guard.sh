#!/bin/sh
# guard.sh <signal> <grace in seconds> <directory to remove at the end, or ''> command [argument…]
#
# Runs the command and ends it when whoever started the guard lets go of the guard's standard input: on purpose (a graceful stop)
# or by vanishing (kill -9 of the supervisor or of a test run). Nothing that is started through the guard outlives its starter.
signal=$1
grace=$2
sweep=$3
shift 3
exec 3<&0 </dev/null

"$@" 3<&- &
child=$!

(
  read -r _ <&3
  kill -s "$signal" "$child" 2>/dev/null
  waited=0
  while kill -0 "$child" 2>/dev/null && [ "$waited" -lt $((grace * 10)) ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill -s KILL "$child" 2>/dev/null
  # Others may still be writing their last files below the directory.
  tries=0
  while [ -n "$sweep" ] && [ -e "$sweep" ] && [ "$tries" -lt 300 ]; do
    rm -rf "$sweep" || sleep 0.1
    tries=$((tries + 1))
  done
  kill -s KILL 0
) >/dev/null 2>&1 &

wait "$child"
code=$?
[ -n "$sweep" ] && rm -rf "$sweep"
exit "$code"

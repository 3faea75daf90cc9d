#!/bin/sh
# Uses a registration in each generation, with curl only: log in, register, list, update, get two messages,
# deregister, list. Start the mock first; then: sh apps/mock/examples/tour.sh [origin of the mock]
set -eu

mock=${1:-http://127.0.0.1:4010}
account=0242078689-00001
folder=$(dirname "$0")

fail() {
  echo "$1" >&2
  exit 1
}
curl --silent --fail --max-time 10 --output /dev/null "$mock/healthz" ||
  fail "No mock answers at $mock. Start one first: npx --yes pnpm@12 start"

messages=$(mktemp)
node "$folder/listener.mjs" 0 >"$messages" &
listener=$!
trap 'kill $listener; rm -f "$messages"' EXIT

say() { printf '\n# %s\n' "$1"; }
# Waits until the listener has printed so many lines: its address, and then a message each.
await() {
  tries=300
  until [ "$(wc -l <"$messages")" -ge "$1" ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail "The listener did not print $1 lines within 30 seconds."
    sleep 0.1
  done
}
# One member of a flat JSON object.
member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
send() { curl --silent --show-error --fail --header 'Content-Type: application/json' "$@" && echo; }
call() { send --header "Authorization: Bearer $access_token" --header "VZ-M2M-Token: $session_token" "$@"; }

await 1
url=$(sed -n '1s/listening on //p' "$messages")
lines=1

say 'Log in'
access_token=$(curl --silent --fail --user example-key:example-secret --data grant_type=client_credentials \
  "$mock/api/ts/v1/oauth2/token" | member access_token)
session_token=$(send --header "Authorization: Bearer $access_token" \
  --data '{"username":"zbeeblebrox","password":"IMgr8"}' "$mock/api/m2m/v1/session/login" | member sessionToken)
[ -n "$access_token" ] || fail 'The mock returned no access token.'
[ -n "$session_token" ] || fail 'The mock returned no session token.'
echo 'both tokens are there'

# tour API BASE-PATH UPDATE-METHOD BODY-BEFORE-URL PATH-TO-DEREGISTER
tour() {
  callbacks=$mock$2/callbacks/$account
  say "$1: register, list, update, list"
  call --request POST "$callbacks" --data "$4\"${url}first\"}"
  call "$callbacks"
  call --request "$3" "$callbacks" --data "$4\"${url}second\"}"
  call "$callbacks"

  say "$1: two messages"
  for type in upgradeScheduled upgradeProgress; do
    send --request POST "$mock/mock/events" --data "{\"api\":\"$1\",\"account\":\"$account\",\"type\":\"$type\"}"
  done
  await $((lines + 2))
  tail -n 2 "$messages"
  lines=$((lines + 2))

  say "$1: deregister, list"
  call --request DELETE "$callbacks$5"
  call "$callbacks"
}

tour v1 /api/fota/v1 POST '{"name":"Fota","url":' /name/Fota
tour legacy /legacy/api/fota/v1 POST '{"name":"Fota","url":' /name/Fota
tour v2 /api/fota/v2 PUT '{"url":' ''
tour v3 /api/fota/v3 PUT '{"url":' ''

say 'Log out'
call --request POST "$mock/api/m2m/v1/session/logout" | member sessionToken >/dev/null
echo 'done'

#!/bin/sh
# A test run in CI, with curl only: two runs at once share one mock, in a space each. No listener is needed, because a fault
# answers in its place. Start the mock with --sender documented (three retries, five minutes apart).
#
# Usage: sh ci.sh [ORIGIN]
set -eu

origin=${1:-http://127.0.0.1:4010}
account=0242078689-00001

# call SPACE METHOD PATH [BODY]
call() {
  curl --silent --show-error --fail-with-body --max-time 30 --request "$2" --header "X-Mock-Space: $1" \
    --header "Content-Type: application/json" ${4:+--data "$4"} "$origin/mock$3"
}

# demand TEXT PART: the text must have the part.
demand() {
  case $1 in
    *"$2"*) ;;
    *)
      echo "expected $2 in: $1" >&2
      exit 1
      ;;
  esac
}

run() {
  space=$1
  # Seed: a registration, and a listener that is down.
  call "$space" PUT /state '{"registrations":[{"api":"v1","account":"'$account'","url":"http://127.0.0.1:9/fota"}],
    "faults":[{"direction":"out","status":503}]}' >/dev/null

  # Act, and wait for the first attempt.
  call "$space" POST /events '{"api":"v1","account":"'$account'","type":"upgradeScheduled"}' >/dev/null
  demand "$(call "$space" GET "/deliveries?text=503&wait=10s")" '"total":1'
  call "$space" POST /snapshots '{"name":"first-attempt"}' >/dev/null

  # Travel: the other three attempts are due within 15 minutes.
  call "$space" POST /clock '{"advanceMs":900000}' >/dev/null
  failed=$(call "$space" GET "/deliveries?status=failed&wait=10s")
  demand "$failed" '"total":1'
  attempts=$(printf %s "$failed" | grep -o '"status":503' | wc -l)
  [ "$attempts" -eq 4 ] || { echo "expected 4 attempts, not $attempts" >&2; exit 1; }

  # Verify: the mock sent nothing, because the fault answered.
  demand "$(call "$space" POST /verify '{"expected":[{"direction":"out","count":0}]}')" '"verified":true'

  # Restore: the delivery is pending again.
  call "$space" POST /snapshots/first-attempt/restore >/dev/null
  demand "$(call "$space" GET "/deliveries?status=pending")" '"total":1'
  call default DELETE "/spaces/$space" >/dev/null
  echo "$space: done"
}

run curl-a &
first=$!
run curl-b &
second=$!
wait "$first"
wait "$second"

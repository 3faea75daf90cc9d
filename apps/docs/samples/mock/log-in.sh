ACCESS_TOKEN=$(curl --silent http://127.0.0.1:4010/api/ts/v1/oauth2/token \
  --user example-key:example-secret \
  --data grant_type=client_credentials | sed 's/.*"access_token":"\([^"]*\)".*/\1/')

SESSION_TOKEN=$(curl --silent http://127.0.0.1:4010/api/m2m/v1/session/login \
  --header "Authorization: Bearer $ACCESS_TOKEN" \
  --header 'Content-Type: application/json' \
  --data '{"username":"zbeeblebrox","password":"IMgr8"}' | sed 's/.*"sessionToken":"\([^"]*\)".*/\1/')

curl --silent http://127.0.0.1:4010/api/fota/v2/callbacks/0000123456-00001 \
  --header "Authorization: Bearer $ACCESS_TOKEN" \
  --header "VZ-M2M-Token: $SESSION_TOKEN"

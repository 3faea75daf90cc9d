docker run --add-host thingspace.verizon.com:host-gateway --add-host 5gedge.verizon.com:host-gateway \
  --volume "$PWD/ca.pem:/ca.pem:ro" --env REQUESTS_CA_BUNDLE=/ca.pem IMAGE

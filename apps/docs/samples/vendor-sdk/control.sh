curl --cacert ca.pem --resolve thingspace.verizon.com:443:ADDRESS https://thingspace.verizon.com/mock/deliveries \
  --header "Mock-Control-Token: $MOCK_CONTROL_TOKEN"

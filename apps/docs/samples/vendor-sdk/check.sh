curl --cacert ca.pem --resolve thingspace.verizon.com:443:ADDRESS https://thingspace.verizon.com/healthz

curl http://127.0.0.1:4010/mock/upgrades \
  --header 'Content-Type: application/json' \
  --data '{"api":"v1","account":"0242078689-00001","devices":3,"failures":1}'

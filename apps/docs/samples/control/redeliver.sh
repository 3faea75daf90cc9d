curl http://127.0.0.1:4010/mock/redeliveries \
  --header 'Content-Type: application/json' \
  --data '{"account":"0242078689-00001","status":"failed"}'

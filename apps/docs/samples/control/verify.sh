curl http://127.0.0.1:4010/mock/verify \
  --header 'Content-Type: application/json' \
  --data '{"expected":[{"operationId":"registerCallback","account":"0242078689-00001","count":1}]}'

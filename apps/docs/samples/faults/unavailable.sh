curl http://127.0.0.1:4010/mock/faults \
  --header 'Content-Type: application/json' \
  --data '{"api":"v2","operationId":"registerCallback","status":503,"retryAfter":1,"times":2}'

curl http://127.0.0.1:4010/mock/faults \
  --header 'Content-Type: application/json' \
  --data '{"api":"v1","operationId":"registerCallback","sequence":[{"status":503},{"drop":true,"taken":true},{}]}'

curl http://127.0.0.1:4010/mock/faults \
  --header 'Content-Type: application/json' \
  --data '{"direction":"out","sequence":[{"status":500},{"drop":true}]}'

curl http://127.0.0.1:4010/mock/clock \
  --header 'Content-Type: application/json' \
  --data '{"advanceMs":900000}'

curl http://127.0.0.1:4010/mock/snapshots \
  --header 'Content-Type: application/json' \
  --data '{"name":"registered"}'
curl --request POST http://127.0.0.1:4010/mock/snapshots/registered/restore

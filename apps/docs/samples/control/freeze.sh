curl --request PUT http://127.0.0.1:4010/mock/clock \
  --header 'Content-Type: application/json' \
  --data '{"now":"2030-01-01T00:00:00.000Z","frozen":true}'
curl --request DELETE http://127.0.0.1:4010/mock/clock

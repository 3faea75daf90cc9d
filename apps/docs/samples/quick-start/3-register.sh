curl http://127.0.0.1:4010/api/fota/v1/callbacks/0242078689-00001 \
  --header 'Authorization: Bearer any' \
  --header 'VZ-M2M-Token: any' \
  --header 'Content-Type: application/json' \
  --data '{"name":"Fota","url":"http://127.0.0.1:8080/fota"}'

curl http://127.0.0.1:4010/api/fota/v2/callbacks/0000123456-00001 \
  --header 'Authorization: Bearer any' \
  --header 'VZ-M2M-Token: any' \
  --header 'Prefer: code=400, example=accountNotPermitted'

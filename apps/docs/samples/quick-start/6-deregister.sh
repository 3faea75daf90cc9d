curl --request DELETE http://127.0.0.1:4010/api/fota/v1/callbacks/0242078689-00001/name/Fota \
  --header 'Authorization: Bearer any' \
  --header 'VZ-M2M-Token: any'

curl http://127.0.0.1:4010/mock/state --header 'X-Mock-Space: run-7'
curl --request DELETE http://127.0.0.1:4010/mock/spaces/run-7

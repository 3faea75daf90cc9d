curl 'http://127.0.0.1:4010/mock/requests?operationId=registerCallback&account=0242078689-00001&limit=10'

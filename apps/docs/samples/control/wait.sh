curl 'http://127.0.0.1:4010/mock/deliveries?account=0242078689-00001&status=delivered&atLeast=1&wait=5s'

curl --no-buffer 'http://127.0.0.1:4010/mock/stream'

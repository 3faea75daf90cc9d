docker run --rm --read-only --publish 127.0.0.1:4010:4010 --volume mock-data:/data \
  --env MOCK_CONTROL_TOKEN=secret localhost/thingspace-callbacks-mock

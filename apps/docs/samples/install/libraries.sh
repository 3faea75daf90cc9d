npm install PATH/tarballs/thingspace-callbacks-client-*.tgz PATH/tarballs/thingspace-callbacks-listener-*.tgz

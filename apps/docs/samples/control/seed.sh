thingspace-callbacks-mock init
thingspace-callbacks-mock --seed thingspace-mock.config.yaml

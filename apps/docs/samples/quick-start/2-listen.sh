node apps/mock/examples/listener.mjs 8080

npx @thingspace-callbacks/mock
npm install @thingspace-callbacks/client @thingspace-callbacks/listener
npm install --save-dev @thingspace-callbacks/mock

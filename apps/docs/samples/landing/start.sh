# The mock server and these docs, in a clone of the project, which has no public address yet:
npx --yes pnpm@12 start
# The libraries, once they are published:
npm install @thingspace-callbacks/client @thingspace-callbacks/listener

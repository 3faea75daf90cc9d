npx --yes pnpm@12 install
npx --yes pnpm@12 pack:all
npm install --global ./tarballs/thingspace-callbacks-mock-*.tgz
thingspace-callbacks-mock

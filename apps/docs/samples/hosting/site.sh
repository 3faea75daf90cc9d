DOCS_SITE=https://docs.example.com/thingspace/ npx --yes pnpm@12 build

npx --yes pnpm@12 start

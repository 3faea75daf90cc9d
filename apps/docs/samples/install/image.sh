npx --yes pnpm@12 install
npx --yes pnpm@12 image

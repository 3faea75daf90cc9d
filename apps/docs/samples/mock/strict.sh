npx --yes pnpm@12 start --auth strict --config apps/mock/config/mock-config.example.yaml

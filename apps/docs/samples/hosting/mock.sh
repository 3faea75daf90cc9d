npx --yes pnpm@12 start --host 0.0.0.0 --control-token "$MOCK_CONTROL_TOKEN" --store mock.db

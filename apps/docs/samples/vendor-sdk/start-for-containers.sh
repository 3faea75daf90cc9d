npx --yes pnpm@12 start --port 443 --tls-cert cert.pem --tls-key key.pem \
  --host 0.0.0.0 --control-token "$MOCK_CONTROL_TOKEN" --allow-target 172.16.0.0/12

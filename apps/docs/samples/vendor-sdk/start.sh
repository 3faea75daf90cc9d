npx --yes pnpm@12 start --port 443 --tls-cert cert.pem --tls-key key.pem

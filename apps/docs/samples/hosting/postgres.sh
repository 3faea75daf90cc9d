export MOCK_STORE="postgres://mock:$DATABASE_PASSWORD@db.example:5432/mock?sslmode=verify-full"
export MOCK_CONTROL_TOKEN="$CONTROL_TOKEN"
# The same command on each machine, behind one balancer.
npx @thingspace-callbacks/mock --host 0.0.0.0 --metrics

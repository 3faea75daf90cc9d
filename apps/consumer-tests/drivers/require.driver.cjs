// Runs in Node, beside a consumer.
const program = require("./require.cjs");

program(JSON.parse(process.argv[2])).then((result) => console.log(JSON.stringify(result)));

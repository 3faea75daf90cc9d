// Runs in Node, beside a consumer.
import program from "./import.js";

console.log(JSON.stringify(await program(JSON.parse(process.argv[2]))));

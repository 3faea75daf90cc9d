// Bundled beside a consumer; `workerd test` calls it.
import program from "./import.js";

export default {
  async test(_controller, env) {
    console.log(JSON.stringify(await program(JSON.parse(env.INPUT))));
  },
};

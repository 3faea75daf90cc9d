// Bundled beside a consumer; `workerd test` calls it. Sends requests to the consumer's worker, one after the other.
import worker from "./worker.js";

export default {
  fetch: worker.fetch,
  async test(_controller, env) {
    const answers = [];
    for (const path of JSON.parse(env.INPUT).paths) {
      const response = await env.WORKER.fetch(`http://worker${path}`);
      answers.push(await response.json());
    }
    console.log(JSON.stringify(answers));
  },
};

// A worker without Node.js, where each request brings the secrets in `env`.
import { type CallbackListener, createCallbackListener } from "@thingspace-callbacks/listener";

interface Env {
  CALLBACK_PASSWORD: string;
}

let listener: CallbackListener | undefined;

export default {
  fetch: (request: Request, env: Env): Promise<Response> => {
    listener ??= createCallbackListener({
      api: "v1",
      verify: { username: "me", password: env.CALLBACK_PASSWORD },
      on: { other: ({ type }) => console.log("other", type) },
    });
    return listener(request);
  },
};

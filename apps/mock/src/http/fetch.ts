import type { FastifyInstance } from "fastify";

/** Creates a function like the platform's `fetch` that has the application answer, without a port. */
export function createFetch(app: FastifyInstance) {
  return async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const answer = await app.inject({
      method: request.method as "GET",
      url: pathname + search,
      headers: Object.fromEntries(request.headers),
      payload: Buffer.from(await request.arrayBuffer()),
    });
    const hasBody = request.method !== "HEAD" && ![204, 304].includes(answer.statusCode);
    return new Response(hasBody ? new Uint8Array(answer.rawPayload) : null, {
      status: answer.statusCode,
      headers: answer.headers as Record<string, string>,
    });
  };
}

/** Aims of the mock beside each peer, as the median ratio of requests per second. */
export const aims: Record<string, number> = {
  "prism mock": 10,
  "prism mock -v error": 5,
  "bare node:http": 0.55,
  "mock of --against": 0.97,
};

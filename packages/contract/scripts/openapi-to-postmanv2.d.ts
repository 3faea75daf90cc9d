/** The part of openapi-to-postmanv2 that is used here; it comes without types. */
declare module "openapi-to-postmanv2" {
  interface Result {
    result: boolean;
    reason?: string;
    output?: { type: "collection"; data: object }[];
  }

  const converter: {
    convertV2(
      input: { type: "json"; data: object },
      options: Record<string, string | boolean>,
      callback: (error: Error | null, result: Result) => void,
    ): void;
  };
  export default converter;
}

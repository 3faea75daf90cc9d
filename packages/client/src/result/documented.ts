// Types that scripts/operations.ts uses to name what a document says of an operation.

/** The request body of an operation. */
export type RequestBody<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : never;

/** The body of an operation's response. */
export type ResponseBody<Operation, Status> = Operation extends { responses: infer Responses }
  ? Status extends keyof Responses
    ? Responses[Status] extends { content: infer Content extends object }
      ? Content[keyof Content]
      : undefined
    : never
  : never;

/** An error body of which no member is certain. A union becomes one type with the members of all. */
export type ErrorBody<Operation, Status> = Partial<Merge<ResponseBody<Operation, Status>>>;

type Merge<Union> = (Union extends unknown ? (value: Union) => void : never) extends (
  value: infer Merged,
) => void
  ? Merged
  : never;

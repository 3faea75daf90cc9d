// Types of single operations, taken from the `operations` of a document's generated types.

/** The body that an operation takes, such as `BodyOf<operations["sendEvent"]>`; undefined when it takes none. */
export type BodyOf<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : undefined;

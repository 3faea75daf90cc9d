/** A request body as its operation takes it; both members are missing when the operation has no body. */
export interface Body {
  /** JSON parsed, or a form as an object of its members. */
  value?: unknown;
  text?: string | undefined;
}

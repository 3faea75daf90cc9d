// The part of Prism that the mock uses, as one file for the container image.
export { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";

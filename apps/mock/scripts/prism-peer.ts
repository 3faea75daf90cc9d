// What the mock takes from Prism, as one file for the container image.
export { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";

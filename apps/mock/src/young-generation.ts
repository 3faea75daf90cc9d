import { setFlagsFromString } from "node:v8";

// V8 doubles the space for new objects whenever many survive there, as the journal's entries do: to 128 MB where memory is
// plenty, although hardly any of it is in use. From here on it stays as it is.
setFlagsFromString } from "node:v8";

// V8 doubles the space for new objects whenever many survive there, as the journal's entries do, up to 128 MB where memory
// is plenty. Small, it fits into the processor's cache: a fifth more requests per second, in a third of the memory.
setFlagsFromString("--semi-space-growth-factor=1");

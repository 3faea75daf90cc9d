// Bundled beside a consumer; the test calls it in the page.
import program from "./import.js";

globalThis.program = program;

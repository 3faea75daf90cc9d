// Makes dist/console/, the static page that the mock serves at /mock/console/.
import { buildConsole } from "../console/build.ts";

await buildConsole();

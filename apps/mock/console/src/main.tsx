// Makes the components follow the signals that they read.
import "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { follow } from "./state/store.ts";

render(<App />, document.body);
follow();

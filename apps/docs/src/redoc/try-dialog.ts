/** A request with the document's examples, as the build writes it into the page. */
export interface TryRequest {
  summary: string;
  /** The id in the heading of the operation. */
  anchor: string;
  method: string;
  /** Path on the mock. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** Shows a form with a request, which the reader can change and send to the mock, and the response below it. */
export function openTryIt({ summary, method, path, headers, body }: TryRequest, mock: string): void {
  const dialog = document.createElement("dialog");
  dialog.className = "try-it";
  dialog.setAttribute("aria-labelledby", "try-title");
  const title = Object.assign(document.createElement("h2"), { id: "try-title", textContent: summary });
  const form = document.createElement("form");
  const address = Object.assign(document.createElement("input"), { value: path, spellcheck: false });
  const head = area(
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n"),
  );
  const content = body === undefined ? undefined : area(readable(body));
  const response = document.createElement("pre");
  response.setAttribute("role", "status");
  response.tabIndex = 0;
  const buttons = document.createElement("div");
  buttons.append(
    button("Send", "submit"),
    button("Close", "button", () => dialog.close()),
  );
  form.append(
    labelled(`${method}, at ${mock}`, address),
    labelled("Headers", head),
    ...(content ? [labelled("Body", content)] : []),
    buttons,
    response,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    response.textContent = "Sending the request";
    response.textContent = await send(mock + address.value, {
      method,
      headers: readHeaders(head.value),
      ...(content && { body: content.value }),
    });
  });
  dialog.append(title, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Sends a request and returns its response as text. */
async function send(url: string, init: RequestInit): Promise<string> {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    return [`${response.status} ${response.statusText}`, readable(text)].filter(Boolean).join("\n\n");
  } catch (error) {
    return `The request failed: ${(error as Error).message}`;
  }
}

/** Reads headers, one a line: `Name: value`. */
function readHeaders(text: string): [string, string][] {
  return text
    .split("\n")
    .filter((line) => line.includes(":"))
    .map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]);
}

/** Returns JSON with a line for each member, and any other text as it is. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function area(value: string): HTMLTextAreaElement {
  const rows = Math.min(value.split("\n").length + 1, 12);
  return Object.assign(document.createElement("textarea"), { value, rows, spellcheck: false });
}

function labelled(name: string, field: HTMLElement): HTMLLabelElement {
  const label = document.createElement("label");
  label.append(name, field);
  return label;
}

function button(name: string, type: "submit" | "button", onClick?: () => void): HTMLButtonElement {
  const element = Object.assign(document.createElement("button"), { type, textContent: name });
  if (onClick) element.addEventListener("click", onClick);
  return element;
}

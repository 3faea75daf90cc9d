import { useState } from "preact/hooks";
import { formatClientCode, formatTest } from "../copy/code.ts";
import { formatCurl } from "../copy/curl.ts";
import type { CopiedRequest } from "../copy/request.ts";

const forms = [
  { name: "curl", format: formatCurl },
  { name: "client code", format: formatClientCode },
  { name: "a test", format: formatTest },
];

/** Buttons that copy a request in three forms. */
export function CopyButtons({ request }: { request: CopiedRequest }) {
  return (
    <div class="buttons">
      {forms.map(({ name, format }) => (
        <CopyButton key={name} label={`Copy as ${name}`} text={() => format(request)} />
      ))}
    </div>
  );
}

/** A button that copies a text, and says so. */
export function CopyButton({ label, text }: { label: string; text(): string }) {
  const [said, setSaid] = useState<string | undefined>(undefined);
  const copy = async () => {
    const isCopied = await copyText(text());
    setSaid(isCopied ? "Copied" : "The browser does not allow copying");
    setTimeout(() => setSaid(undefined), 2_000);
  };
  return (
    <button type="button" class="quiet" onClick={copy}>
      {label}
      <span role="status">{said && <span class="said"> {said}</span>}</span>
    </button>
  );
}

/** Browsers have `navigator.clipboard` only for https and for this machine; a shared mock can be neither. */
async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  return isCopied;
}

/** A command to paste, with a button that copies it. */
export function Command({ text }: { text: string }) {
  return (
    <div class="command">
      <pre>
        <code>{text}</code>
      </pre>
      <CopyButton label="Copy" text={() => text} />
    </div>
  );
}

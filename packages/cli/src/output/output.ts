import { styleText } from "node:util";
import type { Io } from "../io.ts";
import { wrapWords } from "./wrap-words.ts";

/** Colours of the output. They are used on a terminal only. */
export type Style = "green" | "red" | "yellow" | "dim" | "bold";

/** Prints the result of a command: readable for people, or JSON for programs. */
export interface Output {
  isJson: boolean;
  /** Prints a readable line; nothing with `--json`. */
  line(text?: string): void;
  /** Prints the result as JSON; nothing without `--json`. */
  data(value: unknown): void;
  /** Prints a note on standard error, in both forms. */
  note(text: string): void;
  /** Replaces the line that shows the progress, on a terminal only. An empty text removes it. */
  progress(text: string): void;
  paint(style: Style, text: string): string;
  /** Breaks a text into lines that fit a terminal behind an indent. Otherwise it is one line, so that it can be searched. */
  wrap(text: string, indent: number): string[];
}

/** Creates the output of a command. */
export function createOutput(io: Io, isJson: boolean): Output {
  const hasColor = io.isTerminal && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb";
  return {
    isJson,
    line: (text = "") => {
      if (!isJson) io.writeOutput(`${toPrintable(text)}\n`);
    },
    data: (value) => {
      if (isJson) io.writeOutput(`${JSON.stringify(value)}\n`);
    },
    note: (text) => io.writeError(`${toPrintable(text)}\n`),
    progress: (text) => {
      if (io.isTerminal && !isJson) io.writeError(`\r\u001b[K${toPrintable(text)}`);
    },
    wrap: (text, indent) => (io.isTerminal ? wrapWords(text, indent) : [text]),
    paint: (style, text) => (hasColor ? styleText(style, text, { validateStream: false }) : text),
  };
}

/** Removes control characters that a service or a listener could use to write on the terminal; colours stay. */
export function toPrintable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this function removes
  return text.replace(/\u001b(?!\[\d{1,3}m)|[\u0000-\u0009\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g, "");
}

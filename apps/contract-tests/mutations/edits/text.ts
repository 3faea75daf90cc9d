import { type Edit, MutationError } from "./edit.ts";

/**
 * Replaces a word wherever it occurs.
 *
 * @throws {MutationError} when the text does not have it
 */
export function replaceWord(word: string, replacement: string): Edit {
  return (text) => {
    if (!text.includes(word)) throw new MutationError(`the word ${word} is not there`);
    return text.replaceAll(word, replacement);
  };
}

/**
 * Adds a line to the end of the Markdown code block that begins with a command.
 *
 * @throws {MutationError} unless the text has one such block
 */
export function addLineAfterCommand(command: string, line: string): Edit {
  return (text) => {
    const parts = text.split("```");
    const blocks = parts.filter((part, index) => index % 2 === 1 && readFirstLine(part).endsWith(command));
    if (blocks.length !== 1) throw new MutationError(`${blocks.length} code blocks begin with ${command}`);
    return parts.map((part) => (part === blocks[0] ? `${part}${line}\n` : part)).join("```");
  };
}

/** The first line below the name of the block's language. */
const readFirstLine = (block: string) => block.split("\n")[1] ?? "";

/** The width of a terminal that is never too narrow. */
const columns = 80;

/** Breaks a text between words into lines that fit a terminal behind an indent. A longer word has a line of its own. */
export function wrapWords(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= columns)
      lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

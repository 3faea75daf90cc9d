import { Command } from "./copy-buttons.tsx";

/** What to do when a list is empty: a sentence, and commands that work as they are. */
export function Empty({ children, commands }: { children: string; commands: string[] }) {
  return (
    <div class="empty">
      <p>{children}</p>
      {commands.map((command) => (
        <Command key={command} text={command} />
      ))}
    </div>
  );
}

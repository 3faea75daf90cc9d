import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { formatExamples, limitInheritedOptions } from "./command.ts";

/** Adds `completion`, and the hidden `complete` that the shell calls. The other commands must be there already. */
export function addCompletion(program: Command): void {
  tab(program, { completionCommandName: "completion" });
  for (const command of program.commands) {
    if (command.name() === "completion") {
      command.description(
        "Print a script for the completion of a shell. That for bash needs the package bash-completion.",
      );
      command.summary("print a script for the completion of a shell");
    }
    if (command.name() in examplesOf) limitInheritedOptions(command, []);
    const examples = examplesOf[command.name()];
    if (examples) command.addHelpText("after", formatExamples(...examples));
  }
}

const examplesOf: Record<string, string[]> = {
  completion: [
    "completion bash > ~/.local/share/bash-completion/completions/thingspace-callbacks",
    'completion zsh > "$' + '{fpath[1]}/_thingspace-callbacks"',
    "completion fish > ~/.config/fish/completions/thingspace-callbacks.fish",
    "completion powershell >> $PROFILE",
  ],
  complete: ["complete -- callbacks li"],
};

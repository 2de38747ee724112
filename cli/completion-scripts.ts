import type { Command, Option } from 'commander';

/** The completion script for bash. If the script has no word to offer, bash completes files. */
export function bashCompletion(program: Command): string {
  const cases = program.commands.map((command) => {
    const values = optionsOf(command)
      .filter(takesValue)
      .map((option) => `        ${flag(option)}) words=${quoted(choicesOf(option).join(' '))} ;;`);
    return `    ${command.name()})
      case "$previous" in
${values.map((value) => `${value}\n`).join('')}        *) ${takesFiles(command) ? '[[ "$current" == -* ]] && ' : ''}words=${quoted(wordsOf(command).join(' '))} ;;
      esac
      ;;`;
  });
  const name = `_${program.name().replaceAll('-', '_')}`;
  return `# bash completion of ${program.name()}
${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" words=
  if ((COMP_CWORD == 1)); then
    words=${quoted(names(program).join(' '))}
  else
    case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F ${name} ${program.name()}
`;
}

/** The completion script for zsh. */
export function zshCompletion(program: Command): string {
  // If zsh loads the script by itself, it calls the function with the name of the file.
  const name = `_${program.name()}`;
  const cases = program.commands.map((command) => {
    const options = optionsOf(command).map((option) => {
      const spec = `${flag(option)}[${bracketed(option.description)}]`;
      if (!takesValue(option)) return spec;
      const choices = choicesOf(option);
      return `${spec}:value:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}`;
    });
    const args = argumentsOf(command).map(
      ({ choices, required }) => `${required ? ':' : '::'}value:${choices ? `(${choices.join(' ')})` : '_files'}`,
    );
    return `    ${command.name()}) _arguments ${[...options, ...args].map(quoted).join(' ')} ;;`;
  });
  const commands = program.commands.map((command) => quoted(`${command.name()}:${command.summary()}`));
  return `#compdef ${program.name()}
# zsh completion of ${program.name()}
${name}() {
  if ((CURRENT == 2)); then
    local -a commands=(${commands.join(' ')})
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  ((CURRENT--))
  case "$command" in
${cases.join('\n')}
  esac
}
if [[ "$funcstack[1]" == ${name} ]]; then ${name} "$@"; else compdef ${name} ${program.name()}; fi
`;
}

/** The completion script for fish. */
export function fishCompletion(program: Command): string {
  const complete = `complete -c ${program.name()}`;
  const commands = program.commands.map(
    (command) => `${complete} -f -n __fish_use_subcommand -a ${command.name()} -d ${quoted(command.summary())}`,
  );
  const rest = program.commands.flatMap((command) => {
    const within = `${complete} -n ${quoted(`__fish_seen_subcommand_from ${command.name()}`)}`;
    const options = optionsOf(command).map((option) => {
      const choices = choicesOf(option);
      const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue(option) ? ' -r' : '';
      return `${within} -l ${flag(option).slice(2)}${value} -d ${quoted(option.description)}`;
    });
    const args = argumentsOf(command).flatMap(({ choices }) =>
      choices === undefined ? [] : [`${within} -f -a ${quoted(choices.join(' '))}`],
    );
    return [...options, ...args];
  });
  return `# fish completion of ${program.name()}
${[...commands, ...rest].join('\n')}
`;
}

function names(program: Command): readonly string[] {
  return program.commands.map((command) => command.name());
}

/** The options of a command, and those of its own commands, each once. */
function optionsOf(command: Command): readonly Option[] {
  const options = [command, ...command.commands].flatMap((each) =>
    command.createHelp().visibleOptions(each as Command),
  );
  return [...new Map(options.map((option) => [flag(option), option])).values()];
}

interface Argument {
  readonly required: boolean;
  /** @default - any word */
  readonly choices?: readonly string[];
}

/** The arguments of a command; the first one of a command with commands of its own is the name of one of them. */
function argumentsOf(command: Command): readonly Argument[] {
  if (command.commands.length > 0) return [{ required: true, choices: names(command) }];
  return command.registeredArguments.map(({ required, argChoices }) => ({ required, choices: argChoices }));
}

/** The words that can follow a command: its options, and the values of its arguments. */
function wordsOf(command: Command): readonly string[] {
  const words = argumentsOf(command).flatMap(({ choices = [] }) => choices);
  return [...words, ...optionsOf(command).map(flag)];
}

/** Whether an argument can be any word. Options are then offered only after `-`, so that the shell completes files. */
function takesFiles(command: Command): boolean {
  return argumentsOf(command).some(({ choices }) => choices === undefined);
}

function flag({ long, short }: Option): string {
  return long ?? (short as string);
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

function choicesOf({ argChoices = [] }: Option): readonly string[] {
  return argChoices;
}

/** Escapes colons and brackets, which have a meaning for `_arguments`. */
function bracketed(text: string): string {
  return text.replaceAll(/[[\]:]/g, '\\$&');
}

/** A word, quoted for all three shells. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

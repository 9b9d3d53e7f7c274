/** docs/cli.md, made from the commands themselves. */
import type { Argument, Command, Option } from 'commander';

/** Columns that help texts are wrapped to. */
const helpWidth = 100;

const opening = `# The command line

This page is made from \`src/cli/program.ts\` by \`npm run docs\`, and a test fails when it is out of date.

\`./impart\` at the root of the package is the program; with the package installed it is \`impart\`. Data goes to stdout, progress and errors to stderr, so that pipes hold data only. What \`--json\` prints is described in [json-output.md](json-output.md), what a query may say in [query-language.md](query-language.md).

| exit status | meaning |
|---|---|
| 0 | all is well |
| 1 | could not go on: the message on stderr says why, the line below it what to do |
| 2 | the command was not understood |
| 3 | done, with failures (\`receive\`, \`reindex\`) or findings (\`fsck\`) |

When a command reads a pipe's end that closes early (\`| head\`), it stops and exits 0.
`;

interface NamedCommand {
  /** As written: `desk export`. */
  readonly name: string;
  readonly command: Command;
}

/** All commands, each before those below it. */
export function commandsOf(parent: Command, path = ''): NamedCommand[] {
  return parent.commands.flatMap((command) => {
    const name = `${path}${command.name()}`;
    return [{ name, command }, ...commandsOf(command, `${name} `)];
  });
}

/** The page for a program; ends with a line end. */
export function cliPage(program: Command): string {
  return [opening, contents(program), ...commandsOf(program).map(commandSection)].join('\n');
}

function contents(program: Command): string {
  const rows = commandsOf(program).map(
    ({ name, command }) => `| [\`${name}\`](#${name.replaceAll(' ', '-')}) | ${command.description()} |`,
  );
  return `${['| command | what it does |', '|---|---|', ...rows].join('\n')}\n`;
}

function commandSection({ name, command }: NamedCommand): string {
  const parts = [`## ${name}`, sentence(command.description())];
  parts.push(`\`\`\`\nimpart ${name} ${command.usage()}\n\`\`\``);
  const rows = [...command.registeredArguments.map(argumentRow), ...command.options.map(optionRow)];
  if (rows.length > 0) parts.push(['| | |', '|---|---|', ...rows].join('\n'));
  const { notes, examples } = helpText(command);
  if (notes !== '') parts.push(notes);
  if (examples.length > 0) parts.push(`\`\`\`sh\n${examples.join('\n')}\n\`\`\``);
  return `${parts.join('\n\n')}\n`;
}

function argumentRow(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '…' : ''}`;
  return `| \`${name}\`${argument.required ? '' : ', may be left out'} | ${argument.description} |`;
}

function optionRow(option: Option): string {
  const choices =
    option.argChoices === undefined
      ? ''
      : ` (${option.argChoices.map((choice) => `\`${choice}\``).join(' or ')})`;
  const standard =
    option.defaultValue === undefined || typeof option.defaultValue === 'boolean'
      ? ''
      : `; otherwise \`${String(option.defaultValue)}\``;
  return `| \`${option.flags}\`${option.mandatory ? ', required' : ''} | ${option.description}${choices}${standard} |`;
}

/** What a command says below its options. */
function helpText(command: Command): { notes: string; examples: string[] } {
  let full = '';
  command.configureOutput({
    getOutHelpWidth: () => helpWidth,
    writeOut(text) {
      full += text;
    },
  });
  command.outputHelp();
  const after = full.slice(command.helpInformation().length);
  const examples = Array.from(after.matchAll(/^ {2}\$ (.+)$/gm), ([, example]) => example ?? '');
  const notes = after.split('\nExamples:\n')[0]?.trim() ?? '';
  return { notes, examples };
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** What a reader would miss: one line for each command, argument or option that does not explain itself. */
export function findGaps(program: Command): string[] {
  const gaps: string[] = [];
  for (const { name, command } of commandsOf(program)) {
    if (command.description() === '') gaps.push(`${name} has no description`);
    for (const argument of command.registeredArguments) {
      if (argument.description === '') gaps.push(`${name} <${argument.name()}> has no description`);
    }
    for (const option of command.options) {
      if (option.description === '') gaps.push(`${name} ${option.flags} has no description`);
    }
    const { examples } = helpText(command);
    if (examples.length === 0 && command.commands.length === 0) gaps.push(`${name} has no example`);
    for (const example of examples) {
      if (!example.startsWith(`impart ${name} `))
        gaps.push(`${name} has an example of something else: ${example}`);
    }
  }
  return gaps;
}

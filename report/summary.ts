import { styleText } from 'node:util';
import { compare } from '../constraints/compare';
import { escaped } from '../constraints/finding';
import { bindingName } from '../constraints/kubernetes/binding-name';
import { type Access, type Placement, type Problem, subjectName } from '../model';
import { groupBy } from '../model/derived/group-by';
import type { SynthesizedStack } from './synthesized-stack';
import { counted } from './words';

/** What a summary tells of. */
export interface SummaryInput {
  /** The access file as the user named it. */
  readonly file: string;
  /** Whether commands have to name the file, because it is not the one that they take by themselves. */
  readonly isSelected: boolean;
  readonly access: Access;
  readonly stacks: readonly SynthesizedStack[];
  /** The folder that was written to. */
  readonly outdir: string;
}

/** Longer lists are cut, with the number of what is left out. */
const MOST_BLOCKS = 15;

/** The result of a synthesis for a person: stacks, who gets what where, crossing values, warnings, what to type next. */
export function summaryText({ file, isSelected, access, stacks, outdir }: SummaryInput): string {
  const { warnings } = access;
  const resources = stacks.reduce((sum, stack) => sum + stack.resources.length, 0);
  const crossing = crossingRows(stacks);
  const sections = [
    [`${bold(file)}: ${counted(stacks.length, 'stack')}, ${counted(resources, 'resource')} in ${outdir}`],
    [bold('Stacks'), ...cut(byDeployment(stacks).map(stackLines))],
    [bold('Who gets which role where'), ...cutTable(grantRows(access))],
    crossing.length === 0 ? [] : [bold('Values that cross between the stacks'), ...cutTable(crossing)],
    warnings.length === 0 ? [] : [bold(counted(warnings.length, 'warning')), ...cut(warnings.map(warningLines))],
    [bold('Next'), ...nextLines(access, isSelected ? `ACCESS_CONFIG=${shellWord(file)} ` : '')],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Stacks in an order in which each comes after those it depends on: by depth, then by name. */
function byDeployment(stacks: readonly SynthesizedStack[]): readonly SynthesizedStack[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const depth = (name: string): number =>
    1 + Math.max(0, ...(byName.get(name)?.dependencies ?? []).map((dependency) => depth(dependency)));
  return [...stacks].sort((a, b) => depth(a.name) - depth(b.name) || compare(a.name, b.name));
}

function stackLines({ name, dependencies, resources }: SynthesizedStack): readonly string[] {
  const after = dependencies.length === 0 ? '' : dim(`, after ${dependencies.join(', ')}`);
  const types = new Map<string, string[]>();
  for (const { type, name: resourceName } of resources) types.set(type, [...(types.get(type) ?? []), resourceName]);
  const rows = [...types].map(([type, names]) => [
    `  ${names.length} ${type}`,
    listed(names.filter((resourceName) => resourceName !== '')),
  ]);
  return [`  ${styleText('cyan', name)}: ${counted(resources.length, 'resource')}${after}`, ...cutTable(rows)];
}

function grantRows(access: Access): readonly (readonly string[])[] {
  const all = Object.keys(access.clusters).length;
  const alike = groupBy(access.placements, ({ group, role, namespace }) => JSON.stringify([group, role, namespace]));
  const rows = [...alike.values()].map((placements) => {
    const { group, role, namespace } = placements[0] as Placement;
    const clusters = placements.map(({ cluster }) => cluster).sort();
    return [
      group,
      role,
      (clusters.length === all && all > 1 ? `all ${all} clusters` : listed(clusters)) +
        (namespace === null ? '' : ` in ${namespace}`),
      subjectName(access.identityProvider.prefix.groups, group),
      bindingName(role),
    ];
  });
  return [['group', 'role', 'clusters', 'subject in Kubernetes', 'binding'].map(dim), ...rows];
}

function crossingRows(stacks: readonly SynthesizedStack[]): readonly (readonly string[])[] {
  const readers = new Map<string, string[]>();
  for (const { name, reads } of stacks) {
    for (const { stack, output } of reads) {
      const value = JSON.stringify([stack, output]);
      readers.set(value, [...(readers.get(value) ?? []), name]);
    }
  }
  // What most stacks read first: in a fleet the issuer would be lost among the client ids.
  const shared = [...readers].sort(([a, some], [b, others]) => others.length - some.length || compare(a, b));
  return shared.map(([value, names]) => {
    const [stack, output] = JSON.parse(value) as [string, string];
    return [output, `${stack} → ${listed(names)}`];
  });
}

function warningLines({ path, check, message, fix }: Problem): readonly string[] {
  return [`  ${styleText('yellow', path)} ${dim(`[${check}]`)}`, `    ${message}`, `    ${fix}`];
}

/** @param selection what stands before each command, so that it takes the same file. */
function nextLines({ okta }: Access, selection: string): readonly string[] {
  const host = `https://${okta.orgName}.${okta.baseUrl}`;
  const commands = [`${selection}npx cdktf diff okta`, `${selection}npx cdktf deploy '*'`] as const;
  const [diff, deploy] = commands.map((command) => styleText('green', command.padEnd(commands[1].length)));
  return [
    `  1. Give Terraform access to ${host} (OKTA_API_TOKEN, or OKTA_API_CLIENT_ID,`,
    '     OKTA_API_PRIVATE_KEY and OKTA_API_SCOPES) and to AWS (AWS_PROFILE, or what else your AWS tools read).',
    `  2. ${diff}    what Terraform would make in Okta; nothing is changed`,
    `  3. ${deploy}    all stacks in order; a new cluster takes 10 minutes, an association 20 and more`,
    dim('  README.md: the permissions that each step needs, signing in, removing.'),
  ];
}

/** A text as one word of a POSIX shell. */
function shellWord(text: string): string {
  if (/^[\w@%+:,./-]+$/.test(text)) return text;
  // What cannot be shown cannot be typed either.
  const word = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text) ? escaped(text) : text;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Rows with their columns aligned, two blanks apart and two in front, cut where they are many. */
function cutTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => width(row[at] ?? ''))));
  return cut(
    rows.map((row) => [
      `  ${row.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - width(cell))).join('  ')}`.trimEnd(),
    ]),
  );
}

function width(cell: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are no part of a cell's width.
  return cell.replaceAll(/\u001b\[\d+m/g, '').length;
}

/** The lines of the first blocks, and a last one that says how many more there are. */
function cut(blocks: readonly (readonly string[])[]): readonly string[] {
  const lines = blocks.slice(0, MOST_BLOCKS).flat();
  return blocks.length > MOST_BLOCKS ? [...lines, `  and ${blocks.length - MOST_BLOCKS} more`] : lines;
}

function listed(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

// Without a terminal, or with NO_COLOR, styleText leaves the text as it is.
function bold(text: string): string {
  return styleText('bold', text);
}

function dim(text: string): string {
  return styleText('dim', text);
}

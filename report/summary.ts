import { styleText } from 'node:util';
import { abbreviated } from '../constraints/abbreviated';
import { compare } from '../constraints/compare';
import { escaped } from '../constraints/finding';
import { bindingName } from '../constraints/kubernetes/binding-name';
import { type Access, type Placement, type Problem, subjectName } from '../model';
import { groupBy } from '../model/derived/group-by';
import { cutLines } from './cut-lines';
import type { StackSummary } from './stack-summary';
import { tableLines } from './table-text';
import { counted } from './words';

/** What a summary reports on. */
export interface SummaryInput {
  /** The access file as the user named it. */
  readonly file: string;
  /** Whether commands must name the file, because it is not the default one. */
  readonly isSelected: boolean;
  readonly access: Access;
  readonly stacks: readonly StackSummary[];
  /** The folder that contains the synthesized stacks. */
  readonly outdir: string;
}

const MOST_BLOCKS = 15;
const MOST_NAMES = 4;

/** The result of a synthesis for a person: stacks, grants, values that cross between stacks, warnings, and next steps. */
export function summaryText({ file, isSelected, access, stacks, outdir }: SummaryInput): string {
  const { warnings } = access;
  const resources = stacks.reduce((sum, stack) => sum + stack.resources.length, 0);
  const crossing = crossingRows(stacks);
  const sections = [
    [`${bold(file)}: ${counted(stacks.length, 'stack')}, ${counted(resources, 'resource')} in ${outdir}`],
    [bold('Stacks'), ...cutLines(byDeployment(stacks).map(stackLines), MOST_BLOCKS)],
    [bold('Who gets which role where'), ...cutTable(grantRows(access))],
    crossing.length === 0 ? [] : [bold('Values that cross between stacks'), ...cutTable(crossing)],
    warnings.length === 0
      ? []
      : [bold(counted(warnings.length, 'warning')), ...cutLines(warnings.map(warningLines), MOST_BLOCKS)],
    // The file of standard input cannot be read again.
    file === '-' ? [] : [bold('Next'), ...nextLines(access, isSelected ? `ACCESS_CONFIG=${shellWord(file)} ` : '')],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Stacks in the order of deployment: by the depth of their dependencies, then by name. */
function byDeployment(stacks: readonly StackSummary[]): readonly StackSummary[] {
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const depth = (name: string): number =>
    1 + Math.max(0, ...(byName.get(name)?.dependencies ?? []).map((dependency) => depth(dependency)));
  return [...stacks].sort((a, b) => depth(a.name) - depth(b.name) || compare(a.name, b.name));
}

function stackLines({ name, dependencies, resources }: StackSummary): readonly string[] {
  const after = dependencies.length === 0 ? '' : dim(`, after ${dependencies.join(', ')}`);
  const types = new Map<string, string[]>();
  for (const { type, name: resourceName } of resources) types.set(type, [...(types.get(type) ?? []), resourceName]);
  const rows = [...types].map(([type, names]) => [
    `  ${names.length} ${type}`,
    abbreviated(
      names.filter((resourceName) => resourceName !== ''),
      MOST_NAMES,
    ),
  ]);
  return [`  ${styleText('cyan', name)}: ${counted(resources.length, 'resource')}${after}`, ...cutTable(rows)];
}

function grantRows(access: Access): readonly (readonly string[])[] {
  const all = Object.keys(access.clusters).length;
  const subjectOf = ({ group, cluster }: Placement) =>
    subjectName((access.clusters[cluster] ?? access).identityProvider.prefix.groups, group);
  const alike = groupBy(access.placements, (placement) =>
    JSON.stringify([placement.group, placement.role, placement.namespace, subjectOf(placement)]),
  );
  const rows = [...alike.values()].map((placements) => {
    const first = placements[0] as Placement;
    const { group, role, namespace } = first;
    const clusters = placements.map(({ cluster }) => cluster).sort();
    return [
      group,
      role,
      (clusters.length === all && all > 1 ? `all ${all} clusters` : abbreviated(clusters, MOST_NAMES)) +
        (namespace === null ? '' : ` in ${namespace}`),
      subjectOf(first),
      bindingName(role),
    ];
  });
  return [['group', 'role', 'clusters', 'subject in Kubernetes', 'binding'].map(dim), ...rows];
}

function crossingRows(stacks: readonly StackSummary[]): readonly (readonly string[])[] {
  const readers = new Map<string, string[]>();
  for (const { name, reads } of stacks) {
    for (const { stack, output } of reads) {
      const value = JSON.stringify([stack, output]);
      readers.set(value, [...(readers.get(value) ?? []), name]);
    }
  }
  // Most readers first, so that the issuer of a fleet is not lost among the client ids.
  const shared = [...readers].sort(([a, some], [b, others]) => others.length - some.length || compare(a, b));
  return shared.map(([value, names]) => {
    const [stack, output] = JSON.parse(value) as [string, string];
    return [output, `${stack} → ${abbreviated(names, MOST_NAMES)}`];
  });
}

function warningLines({ path, check, message, fix }: Problem): readonly string[] {
  return [`  ${styleText('yellow', path)} ${dim(`[${check}]`)}`, `    ${message}`, `    ${fix}`];
}

/** @param selection prefix of each command that selects the same access file. */
function nextLines({ okta }: Access, selection: string): readonly string[] {
  const host = `https://${okta.orgName}.${okta.baseUrl}`;
  const commands = [`${selection}npx cdktf diff okta`, `${selection}npx cdktf deploy '*'`] as const;
  const [diff, deploy] = commands.map((command) => styleText('green', command.padEnd(commands[1].length)));
  return [
    `  1. Give Terraform access to ${host} (OKTA_API_TOKEN, or OKTA_API_CLIENT_ID,`,
    '     OKTA_API_PRIVATE_KEY and OKTA_API_SCOPES) and to AWS (AWS_PROFILE, or any other way that the AWS CLI supports).',
    `  2. ${diff}    shows what Terraform would create in Okta; changes nothing`,
    `  3. ${deploy}    deploys all stacks in order; a new cluster takes 10 minutes, an association 20 minutes or more`,
    dim('  README.md lists the permissions for each step, and explains how to log in and how to remove everything.'),
  ];
}

/** A text quoted as one word for a POSIX shell. */
function shellWord(text: string): string {
  if (/^[\w@%+:,./-]+$/.test(text)) return text;
  // Nobody can type invisible characters, so they are shown as escapes.
  const word = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text) ? escaped(text) : text;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function cutTable(rows: readonly (readonly string[])[]): readonly string[] {
  return cutLines(
    tableLines(rows).map((line) => [`  ${line}`]),
    MOST_BLOCKS,
  );
}

// styleText returns the plain text if there is no terminal or NO_COLOR is set.
function bold(text: string): string {
  return styleText('bold', text);
}

function dim(text: string): string {
  return styleText('dim', text);
}

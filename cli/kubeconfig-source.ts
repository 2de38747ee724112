import { createInterface } from 'node:readline/promises';
import { escaped } from '../constraints/finding';
import { nameList } from '../constraints/nearest-name';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import { type Access, AccessError } from '../model';
import { membershipsOf, nearestLogin } from '../model/review/explain';
import { enumerated } from '../report/words';
import type { CheckedSignIn } from '../sign-in/kubeconfig/check-kubeconfig';
import { fetchPortal, portalUrl } from '../sign-in/kubeconfig/portal-source';
import { confirmPortal } from '../sign-in/kubeconfig/portal-trust';
import { signInDataOf } from '../sign-in/kubeconfig/sign-in-data-of';
import { clustersOfGroup, signInOf } from '../sign-in/portal/portal-data';
import { groupNames } from './group-names';
import { knownName } from './known-name';
import { type LiveOptions, liveFacts, printSources } from './live-options';
import { printError } from './print';

/** Where a kubeconfig comes from, and the clusters that it is for. */
export interface SourceOptions extends LiveOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly cluster?: readonly string[];
  readonly group?: readonly string[];
  readonly login?: string;
  readonly portal?: string;
  readonly portalCa?: string;
  readonly allowEndpoint?: readonly string[];
  readonly yes?: boolean;
}

/** What a kubeconfig comes from, and what is left out of it. */
export type KubeconfigSource = Omit<CheckedSignIn, 'contextFormat'>;

/**
 * Finds out what a kubeconfig is built from.
 * @throws AccessError for wrong options, for a named cluster about which something is not known, and for a portal that is
 * none, or that nobody confirms.
 */
export function kubeconfigSource(options: SourceOptions): Promise<KubeconfigSource> {
  return options.portal === undefined ? fromAccessFile(options) : fromPortal(options, options.portal);
}

async function fromAccessFile(options: SourceOptions): Promise<KubeconfigSource> {
  const access = await loadAccessFile(options.file, options.inputFormat);
  const all = Object.keys(access.clusters);
  const named = options.cluster?.map((key) => knownName('cluster', key, all));
  const granted = grantedClusters(access, options);
  const keys = limited(named, all, granted, options);
  const { facts, unanswered } = await liveFacts(access, options, keys);
  const { data, leftOut } = signInDataOf(access, { facts, unanswered, keys, named: named !== undefined });
  printSources(facts);
  return { data, leftOut, allClusters: Object.values(access.clusters).map(({ key, app }) => ({ key, app })) };
}

/** The clusters on which the group or the person of the options has access; undefined if neither is given. */
function grantedClusters(access: Access, { group, login }: SourceOptions): ReadonlySet<string> | undefined {
  if (group === undefined && login === undefined) return undefined;
  const groups =
    login === undefined ? groupNames(group ?? [], Object.keys(access.groups)) : groupsOfLogin(access, login);
  return new Set(
    access.placements.filter((placement) => groups.includes(placement.group)).map(({ cluster }) => cluster),
  );
}

/** The groups that list a person. Who is in the others is in Okta, not in the file. */
function groupsOfLogin(access: Access, login: string): readonly string[] {
  const groups = membershipsOf(access, login).map(({ group }) => group);
  const granted = new Set(access.placements.map(({ group }) => group));
  const open = Object.entries(access.groups).flatMap(([name, { logins }]) =>
    logins === undefined && granted.has(name) ? [escaped(name)] : [],
  );
  const unsaid =
    open.length === 0
      ? ''
      : ` The file does not say who is in ${enumerated(open, 10)}: for ${open.length === 1 ? 'this group' : 'one of these groups'}, use --group.`;
  if (groups.length > 0) {
    if (unsaid !== '') printError(`${unsaid.trimStart()}\n`);
    return groups;
  }
  const nearest = nearestLogin(access, login);
  const meant = nearest === undefined ? '' : ` Did you mean '${escaped(nearest)}'?`;
  throw new AccessError(`The access file lists '${escaped(login)}' in no group.${meant}${unsaid}`);
}

/** The clusters of the options. A named cluster without access is an error. */
function limited(
  named: readonly string[] | undefined,
  all: readonly string[],
  granted: ReadonlySet<string> | undefined,
  { group, login }: SourceOptions,
): readonly string[] {
  const keys = (named ?? all).filter((key) => granted?.has(key) ?? true);
  const without = named?.filter((key) => !keys.includes(key)) ?? [];
  const who = escaped(login ?? group?.join(', ') ?? '');
  if (without.length > 0) throw new AccessError(`${who} has no access to ${nameList(without)}.`);
  if (keys.length === 0 && granted !== undefined) throw new AccessError(`${who} has access to no cluster.`);
  return keys;
}

async function fromPortal(options: SourceOptions, given: string): Promise<KubeconfigSource> {
  const { href: url } = portalUrl(given);
  if (process.stderr.isTTY) printError(`Reading ${escaped(url)} …\n`);
  const portal = await fetchPortal({ url, caFile: options.portalCa });
  const all = portal.clusters.map(({ key }) => key);
  const named = options.cluster?.map((key) => knownName('cluster', key, all, 'The portal'));
  const names = portal.groups.map(({ name }) => name);
  const groups = options.group === undefined ? undefined : groupNames(options.group, names, 'The portal');
  const granted = groups && new Set(groups.flatMap((group) => [...clustersOfGroup(portal, group)]));
  const keys = new Set(limited(named, all, granted, options));
  const signIn = signInOf(portal);
  const data = signIn && { ...signIn, clusters: signIn.clusters.filter(({ key }) => keys.has(key)) };
  const known = new Set(data?.clusters.map(({ key }) => key));
  const missing = [...keys].filter((key) => !known.has(key));
  if (data === undefined || known.size === 0 || (named !== undefined && missing.length > 0)) {
    throw new AccessError(
      `The portal does not know yet how to sign in to ${nameList(missing)}. Ask whoever publishes it.`,
    );
  }
  await confirmPortal({
    ...{ url, data, environment: process.env, issuer: options.issuer, allowedHosts: options.allowEndpoint },
    confirm: (text) => confirmed(text, options.yes ?? false),
  });
  return {
    data,
    leftOut: missing.map((key) => ({ key, missing: ['values of Okta and AWS'] })),
    allClusters: portal.clusters.map(({ key, app }) => ({ key, app })),
  };
}

async function confirmed(text: string, yes: boolean): Promise<boolean> {
  printError(`${text}\n`);
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new AccessError(
      'Compare this with what you know, and confirm it with --yes. --issuer URL refuses any other issuer.',
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Is that right? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}

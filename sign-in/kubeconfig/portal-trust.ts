import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as z from 'zod';
import { AccessError } from '../../constraints/access-error';
import { isEksEndpointHost } from '../../constraints/eks/endpoint-host';
import { escaped } from '../../constraints/finding';
import type { SignInData } from '../sign-in-data';
import { readTextFile, withLock, writePrivateFile } from './private-file';

/** What a person has confirmed about a portal. */
interface ConfirmedPortal {
  readonly issuerUrl: string;
  /** Hosts of API servers, with their ports if they are not 443. */
  readonly hosts: readonly string[];
}

const confirmedPortals = z.strictObject({
  version: z.literal(1),
  portals: z.record(z.string(), z.strictObject({ issuerUrl: z.string(), hosts: z.array(z.string()) })),
});

export interface PortalTrustProps {
  /** Address of the portal. */
  readonly url: string;
  /** What is taken from it. */
  readonly data: SignInData;
  /** The issuer that a person gave; another one is refused. @default - none */
  readonly issuer?: string;
  /** Hosts outside EKS' domains that a person named. @default - none */
  readonly allowedHosts?: readonly string[];
  /** Environment variables. */
  readonly environment: NodeJS.ProcessEnv;
  /** Asks a person; false if they refuse. The text has no question mark and no line end. */
  readonly confirm: (text: string) => Promise<boolean>;
}

/**
 * Lets a person confirm the issuer and the API servers of a portal, once: a false page could send ID tokens to an API
 * server of its own. The answer is remembered; a new issuer or host is a new question, which says what changed.
 * @throws AccessError if the person refuses, if the issuer is another one than that given, or if a host is outside EKS'
 * domains and nobody named it.
 */
export async function confirmPortal(props: PortalTrustProps): Promise<void> {
  const { url, data, issuer, allowedHosts = [], environment, confirm } = props;
  if (issuer !== undefined && issuer !== data.issuerUrl) {
    throw new AccessError(
      `${url} has the issuer ${escaped(data.issuerUrl)}, not that of --issuer: ${escaped(issuer)}. Ask whoever runs the portal.`,
    );
  }
  const file = rememberedFile(environment);
  const before = remembered(file)[url];
  const hosts = [...new Set(data.clusters.map(({ endpoint }) => new URL(endpoint).host))];
  const known = new Set(before?.issuerUrl === data.issuerUrl ? before.hosts : []);
  const newHosts = hosts.filter((host) => !known.has(host));
  const outside = newHosts.filter((host) => !isEksEndpointHost(host) && !allowedHosts.includes(host));
  if (outside.length > 0) {
    throw new AccessError(
      `${url} names API servers outside EKS' domains:\n${outside.map((host) => `  ${host}`).join('\n')}\nkubectl would send ID tokens to them. If they are clusters of your organization, add ${outside
        .map((host) => `--allow-endpoint ${host}`)
        .slice(0, 3)
        .join(' ')}${outside.length > 3 ? ' and so on' : ''}.`,
    );
  }
  if (newHosts.length === 0) return;
  if (!(await confirm(question({ url, data, before, newHosts }))))
    throw new AccessError('Nothing was written: the portal is not confirmed.');
  withLock(file, () => {
    const portals = {
      ...remembered(file),
      [url]: { issuerUrl: data.issuerUrl, hosts: [...known, ...newHosts].sort() },
    };
    writePrivateFile(file, `${JSON.stringify({ version: 1, portals }, null, 2)}\n`);
  });
}

/** As many API servers as a question names; the rest is counted. */
const MOST_NAMED = 40;

function question({
  url,
  data,
  before,
  newHosts,
}: Pick<PortalTrustProps, 'url' | 'data'> & {
  readonly before: ConfirmedPortal | undefined;
  readonly newHosts: readonly string[];
}): string {
  const isNew = new Set(newHosts);
  const clusters = data.clusters.filter(({ endpoint }) => isNew.has(new URL(endpoint).host));
  const lines = clusters
    .slice(0, MOST_NAMED)
    .map(({ key, endpoint }) => `  ${escaped(key)}: ${new URL(endpoint).host}`);
  const rest = clusters.length - lines.length;
  const isOtherIssuer = before !== undefined && before.issuerUrl !== data.issuerUrl;
  return [
    ...(before === undefined ? [`${url} is used for the first time.`] : []),
    ...(isOtherIssuer ? [`${url} has another issuer than before. Before: ${escaped(before.issuerUrl)}`] : []),
    ...(before !== undefined && !isOtherIssuer ? [`${url} has API servers that it did not have before.`] : []),
    `Issuer, at which you sign in:\n  ${escaped(data.issuerUrl)}`,
    `API servers, to which kubectl sends your ID token:\n${lines.join('\n')}${rest > 0 ? `\n  and ${rest} more` : ''}`,
  ].join('\n');
}

function rememberedFile({ XDG_CONFIG_HOME: folder, HOME: home }: NodeJS.ProcessEnv): string {
  // By its specification, a relative path is ignored.
  const base = folder !== undefined && isAbsolute(folder) ? folder : join(home || homedir(), '.config');
  return join(base, 'okta-eks-access', 'portals.json');
}

function remembered(file: string): Readonly<Record<string, ConfirmedPortal>> {
  const text = readTextFile(file);
  if (text === undefined) return {};
  try {
    return confirmedPortals.parse(JSON.parse(text)).portals;
  } catch {
    throw new AccessError(
      `${escaped(file)}, which remembers confirmed portals, is damaged. Delete it, and confirm them again.`,
    );
  }
}

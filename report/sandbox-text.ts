import { styleText } from 'node:util';
import { escaped } from '../constraints/finding';
import { tableLines } from './table-text';
import { counted, enumerated } from './words';

/** A running sandbox. */
export interface SandboxReport {
  /** Seconds from the start of the command until the sandbox was ready. */
  readonly seconds: number;
  /** URL of the page from which people sign in. */
  readonly portalUrl: string;
  readonly kubeconfig: string;
  /** Folder in which kubelogin caches tokens. */
  readonly tokens: string;
  /** File with the certificate authority of the run. */
  readonly certificateAuthority: string;
  /** URL that ends the browser session. */
  readonly signOutUrl: string;
  /** Version of the API servers. */
  readonly kubernetes: string;
  readonly people: readonly { readonly login: string; readonly groups: readonly string[] }[];
  readonly password: string;
  readonly clusters: readonly SandboxCluster[];
  /** Clusters of the access file that have no API server. */
  readonly leftOut: readonly string[];
  /** @default - none */
  readonly apis?: SandboxApis;
}

/** The APIs of a sandbox. */
export interface SandboxApis {
  /** File with the variables for clients, for `. file` in a shell. */
  readonly environment: string;
  /** URLs of the services. */
  readonly okta: string;
  readonly aws: string;
}

export interface SandboxCluster {
  readonly key: string;
  readonly url: string;
  /** Names of the IAM roles that have access. */
  readonly iamRoles: readonly string[];
  /** Namespaces that the stacks expect to exist and the sandbox created. */
  readonly createdNamespaces: readonly string[];
  /** A namespace for the example commands. */
  readonly namespace: string;
}

/** A running sandbox for a person: its clusters, the people to sign in as, and commands to try. */
export function sandboxText(report: SandboxReport): string {
  const { seconds, portalUrl, kubeconfig, tokens, certificateAuthority, signOutUrl, people, password, clusters } =
    report;
  const [first] = clusters;
  const sections = [
    [bold(`Ready in ${seconds.toFixed(1)} s`), ...clusters.flatMap(clusterLines), ...leftOutLines(report)],
    [
      bold('People'),
      ...tableLines([
        ['login', 'groups'],
        ...people.map(({ login, groups }) => [
          escaped(login),
          groups.length === 0 ? 'none' : escaped(groups.join(', ')),
        ]),
      ]).map((line) => `  ${line}`),
      `  Everyone’s password: ${password}`,
    ],
    [
      bold('Try'),
      `  ${portalUrl}    # the portal: what each group may do, and kubeconfigs to download`,
      `  export KUBECONFIG=${kubeconfig}`,
      '  kubectl get namespaces                # opens the sign-in page in your browser',
      '  kubectl auth whoami',
      '  kubectl auth can-i --list',
      ...(first ? [`  kubectl get pods --namespace ${first.namespace}`] : []),
      ...clusters.slice(1, 2).map(({ key }) => `  kubectl --context ${key} get namespaces`),
      ...clusters.flatMap(({ key, iamRoles }) =>
        iamRoles.map((role) => `  kubectl --context ${key}/${role} auth whoami    # with IAM, without Okta`),
      ),
      `  rm -r ${tokens}    # to sign in as another person; also sign out in the browser: ${signOutUrl}`,
    ],
    ...(report.apis === undefined ? [] : [apiLines(report.apis)]),
    [
      'Your browser warns because it does not trust the certificate authority of this run. Continue, or import',
      `${certificateAuthority}. Ctrl-C ends the sandbox and removes all its files.`,
    ],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function clusterLines({ key, url, createdNamespaces }: SandboxCluster): readonly string[] {
  const created =
    createdNamespaces.length === 0 ? '' : `; created ${enumerated(createdNamespaces)}, which the file expects to exist`;
  return [`  ${escaped(key)}: ${url}${escaped(created)}`];
}

function apiLines({ environment, okta, aws }: SandboxApis): readonly string[] {
  return [
    bold('APIs'),
    `  Okta: ${okta}    AWS: ${aws}`,
    `  . ${environment}    # the credentials of this run, for Terraform, the AWS CLI, and the SDKs of Okta and AWS`,
    '  aws eks list-clusters',
    '  What a client changes is in the next token, and within seconds in the API servers.',
  ];
}

function leftOutLines({ leftOut, kubernetes, apis }: SandboxReport): readonly string[] {
  const policies = apis === undefined ? ' Bindings replace the access policies of EKS.' : '';
  const version = `  The API servers run Kubernetes ${kubernetes}.${policies}`;
  if (leftOut.length === 0) return [version];
  return [
    version,
    `  ${counted(leftOut.length, 'cluster')} without an API server. Use --cluster to choose other clusters.`,
  ];
}

function bold(text: string): string {
  return styleText('bold', text);
}

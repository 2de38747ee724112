import { styleText } from 'node:util';
import { escaped } from '../constraints/finding';
import { tableText } from './table-text';
import { counted, enumerated } from './words';

/** What is told of a running sandbox. */
export interface SandboxReport {
  /** From the start of the command until it was ready. */
  readonly seconds: number;
  readonly kubeconfig: string;
  /** Folder of the tokens that kubelogin keeps. */
  readonly tokens: string;
  /** File of the certificate authority of the run. */
  readonly certificateAuthority: string;
  /** Where a browser's session ends. */
  readonly signOutUrl: string;
  readonly kubernetes: string;
  readonly people: readonly { readonly login: string; readonly groups: readonly string[] }[];
  readonly password: string;
  readonly clusters: readonly SandboxCluster[];
  /** Clusters of the file for which there is no API server. */
  readonly leftOut: readonly string[];
}

export interface SandboxCluster {
  readonly key: string;
  readonly url: string;
  /** Roles of IAM that have access, by name. */
  readonly iamRoles: readonly string[];
  /** Namespaces that the stacks expect and the run made. */
  readonly madeNamespaces: readonly string[];
  /** A namespace to look into. */
  readonly namespace: string;
}

/** A running sandbox for a person: where it is, who they can be, and what to try. */
export function sandboxText(report: SandboxReport): string {
  const { seconds, kubeconfig, tokens, certificateAuthority, signOutUrl, people, password, clusters } = report;
  const [first] = clusters;
  const sections = [
    [bold(`Ready in ${seconds.toFixed(1)} s`), ...clusters.flatMap(clusterLines), ...leftOutLines(report)],
    [
      bold('People'),
      indented(
        tableText([
          ['login', 'groups'],
          ...people.map(({ login, groups }) => [
            escaped(login),
            groups.length === 0 ? 'none' : escaped(groups.join(', ')),
          ]),
        ]),
      ),
      `  Everyone’s password: ${password}`,
    ],
    [
      bold('Try'),
      `  export KUBECONFIG=${kubeconfig}`,
      '  kubectl get namespaces                # opens the sign-in page in your browser',
      '  kubectl auth whoami',
      '  kubectl auth can-i --list',
      ...(first ? [`  kubectl get pods --namespace ${first.namespace}`] : []),
      ...clusters.slice(1, 2).map(({ key }) => `  kubectl --context ${key} get namespaces`),
      ...clusters.flatMap(({ key, iamRoles }) =>
        iamRoles.map((role) => `  kubectl --context ${key}/${role} auth whoami    # IAM, without Okta`),
      ),
      `  rm -r ${tokens}    # to be somebody else; sign out of the browser, too: ${signOutUrl}`,
    ],
    [
      'Your browser does not know the certificate authority of this run, and warns: go on, or import',
      `${certificateAuthority}. Ctrl-C ends the sandbox and removes all of it.`,
    ],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function clusterLines({ key, url, madeNamespaces }: SandboxCluster): readonly string[] {
  const made =
    madeNamespaces.length === 0 ? '' : `; made ${enumerated(madeNamespaces)}, which the file expects to be there`;
  return [`  ${escaped(key)}: ${url}${escaped(made)}`];
}

function leftOutLines({ leftOut, kubernetes }: SandboxReport): readonly string[] {
  const version = `  The API servers are Kubernetes ${kubernetes}, and bindings stand in for the access policies of EKS.`;
  if (leftOut.length === 0) return [version];
  return [version, `  Without an API server: ${counted(leftOut.length, 'cluster')}; --cluster chooses others.`];
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '  ');
}

function bold(text: string): string {
  return styleText('bold', text);
}

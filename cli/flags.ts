import { Command, Option } from 'commander';
import type { AuthenticationConfig } from '../authentication/authentication-config';
import { escaped } from '../constraints/finding';
import { nameList } from '../constraints/nearest-name';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import { type Access, AccessError } from '../model';
import type { SelfManagedCluster } from '../model/derived/clusters';
import type { AUTHENTICATION_TARGETS } from '../sign-in/api-server-flags';
import { clusterAuthentication } from '../sign-in/cluster-authentication';
import { accessFileOption } from './access-file-option';
import { inputFormatOption } from './input-format-option';
import { knownMember } from './known-name';
import { type LiveOptions, liveFacts, printSources, withOktaOptions } from './live-options';
import { print } from './print';

const AUDIT = 'audit-policy';

/** What each target prints. */
const TARGETS: Readonly<Record<keyof typeof AUTHENTICATION_TARGETS | typeof AUDIT, string>> = {
  kubeadm: 'kubeadm 1.31 or later',
  'kubeadm-v1beta3': 'kubeadm until 1.36',
  kops: 'spec.kubeAPIServer of kOps',
  k3d: 'the command that creates the cluster',
  k3s: 'config.yaml of K3s',
  rke2: 'config.yaml of RKE2',
  'static-pod': 'JSON patch of the static pod',
  'authentication-config': 'file, Kubernetes 1.34 or later',
  'authentication-config-v1beta1': 'file, Kubernetes 1.30 or later',
  [AUDIT]: 'file for --audit-policy-file',
};

interface FlagsOptions extends LiveOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly target: keyof typeof TARGETS;
}

/** `eks-access flags`: prints the flags of the API server of a cluster outside EKS. */
export function flagsCommand(): Command {
  const command = new Command('flags')
    .summary('print the flags of an API server outside EKS')
    .description(
      `Prints how the API server of a cluster outside EKS lets people from Okta sign in, for the tool that runs the cluster; or its audit policy, which needs no value of Okta.

Targets:
${Object.entries(TARGETS)
  .map(([target, text]) => `  ${target.padEnd(31)}${text}`)
  .join('\n')}`,
    )
    .argument('<cluster>', 'a cluster of the access file with kind self-managed')
    .addOption(new Option('--target <target>', 'what to print').choices(Object.keys(TARGETS)).makeOptionMandatory())
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText(
      'after',
      `
Examples:
  $ cdktf output okta --outputs-file outputs.json
  $ eks-access flags lab --target kubeadm --outputs outputs.json
  $ eks-access flags lab --target audit-policy`,
    )
    .action(async (key: string, options: FlagsOptions) => {
      const access = await loadAccessFile(options.file, options.inputFormat);
      const cluster = selfManagedCluster(access, key);
      // Loaded here: the other commands need none of it.
      const { AUTHENTICATION_TARGETS, auditPolicy } =
        require('../sign-in/api-server-flags') as typeof import('../sign-in/api-server-flags');
      if (options.target === AUDIT) return print(auditPolicy(cluster));
      const issued = await issuedValues(access, cluster, options);
      const authentication = clusterAuthentication(access, cluster, issued);
      print(AUTHENTICATION_TARGETS[options.target](authentication, cluster));
    });
  return withOktaOptions(command);
}

/** A cluster whose flags somebody can set. */
function selfManagedCluster({ clusters }: Access, key: string): SelfManagedCluster {
  const cluster = knownMember('cluster', key, clusters);
  if (cluster.kind === 'self-managed') return cluster;
  const others = Object.values(clusters).flatMap(({ kind, key: other }) => (kind === 'self-managed' ? [other] : []));
  throw new AccessError(
    `The cluster '${escaped(key)}' is in EKS, where nobody can set flags or the audit policy of the API server. Its stack cluster-${escaped(key)} associates it with Okta instead, and docs/logs-insights.md reads its audit log. ${
      others.length === 0
        ? 'The access file has no cluster of kind self-managed.'
        : `Clusters of kind self-managed: ${nameList(others)}.`
    }`,
  );
}

/** The issuer, and the client ID of the app of a cluster. */
async function issuedValues(
  access: Access,
  { key, app }: SelfManagedCluster,
  options: LiveOptions,
): Promise<Pick<AuthenticationConfig, 'issuerUrl' | 'clientId'>> {
  // An ID without a name is that of the app of the cluster.
  const named = options.clientId?.map((value) => (value.includes('=') ? value : `${app}=${value}`));
  const { facts } = await liveFacts(access, { ...options, ...(named !== undefined && { clientId: named }) }, [key]);
  const { issuerUrl, clientIds } = facts;
  const clientId = clientIds.get(app);
  if (issuerUrl !== undefined && clientId !== undefined) {
    printSources({ ...facts, issuerUrl, clientIds: new Map([[app, clientId]]) });
    return { issuerUrl: issuerUrl.value, clientId: clientId.value };
  }
  const missing = [
    ...(issuerUrl === undefined ? ['the issuer of the authorization server (--issuer URL)'] : []),
    ...(clientId === undefined ? [`the client ID of the app '${escaped(app)}' (--client-id ID)`] : []),
  ];
  throw new AccessError(
    `Missing: ${missing.join(' and ')}. Deploy the stack okta first; --outputs FILE then reads both: npx cdktf output okta --outputs-file FILE.`,
  );
}

import { shown } from '../../constraints/finding';
import { flagsInPod, oidcFlags } from './api-server-flag';
import type { AuthenticationTarget } from './authentication-target';
import { refuse } from './refuse';
import { yamlText } from './yaml-text';

/** The fields of kOps by the flags of kube-apiserver. */
const FIELDS: Readonly<Record<string, string>> = {
  'oidc-issuer-url': 'oidcIssuerURL',
  'oidc-client-id': 'oidcClientID',
  'oidc-username-claim': 'oidcUsernameClaim',
  'oidc-username-prefix': 'oidcUsernamePrefix',
  'oidc-groups-claim': 'oidcGroupsClaim',
  'oidc-groups-prefix': 'oidcGroupsPrefix',
};

/**
 * The part of a kOps cluster. Its list of required claims becomes one flag for each.
 * @see https://kops.sigs.k8s.io/cluster_spec/#oidc-flags-for-open-id-connect-tokens
 */
export const kops: AuthenticationTarget = (config) => {
  const flags = flagsInPod(oidcFlags(config));
  const single = flags.filter(({ name }) => name !== 'oidc-required-claim');
  refuse(
    single
      .filter(({ value }) => value.includes('"'))
      .map(({ name, value }) => ({
        message: `kOps up to 1.36 changes a value of --${name} with a double quote.`,
        given: shown(value),
        allowed: 'a value without a double quote',
        fix: 'Use another value in the access file.',
      })),
  );
  const required = flags.filter(({ name }) => name === 'oidc-required-claim').map(({ value }) => value);
  const fields = single.map(({ name, value }) => [FIELDS[name] as string, value] as const);
  return yamlText(
    {
      spec: {
        kubeAPIServer: {
          ...Object.fromEntries(fields),
          ...(required.length > 0 && { oidcRequiredClaim: required }),
        },
      },
    },
    [
      'Flags of kube-apiserver for sign-in with Okta, for kOps (kops.k8s.io/v1alpha2).',
      'Merge them into the cluster with kops edit cluster, then run kops update cluster --yes and kops rolling-update',
      'cluster --yes.',
    ],
  );
};

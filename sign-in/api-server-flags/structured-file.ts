import type { AuthenticationTarget } from './authentication-target';
import { structuredAuthentication } from './structured-authentication';
import { requireVersions, type TargetVersions } from './versions-of-target';
import { yamlText } from './yaml-text';

/** No token makes anybody a user or a group of Kubernetes itself, whatever a prefix or another issuer's setup lets through. */
const NO_RESERVED_NAMES = [
  {
    expression: "!user.username.startsWith('system:')",
    message: 'a user name from Okta must not start with system:',
  },
  {
    expression: "user.groups.all(group, !group.startsWith('system:'))",
    message: 'a group from Okta must not start with system:',
  },
];

/** The file of --authentication-config from Kubernetes 1.34. */
export const authenticationConfig = target('v1', { since: '1.34', instead: 'authentication-config-v1beta1' });

/** The file of --authentication-config from Kubernetes 1.30. */
export const authenticationConfigV1beta1 = target('v1beta1', { since: '1.30', instead: 'static-pod' });

function target(version: 'v1' | 'v1beta1', versions: Omit<TargetVersions, 'format'>): AuthenticationTarget {
  return (config, cluster) => {
    requireVersions(cluster, { format: `AuthenticationConfiguration ${version}`, ...versions });
    return yamlText(structuredAuthentication(config, { version, userValidationRules: NO_RESERVED_NAMES }), [
      'Sign-in with Okta, for the flag --authentication-config=FILE of kube-apiserver.',
      `Kubernetes ${versions.since} or later. Remove every --oidc-* flag: kube-apiserver does not start with both.`,
      'kube-apiserver reads changes of the file without a restart. If it runs in a pod, mount the file into it.',
    ]);
  };
}

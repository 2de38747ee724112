import { shown } from '../../constraints/finding';
import { type ApiServerFlag, flagsInPod, oidcFlags } from './api-server-flag';
import type { AuthenticationTarget } from './authentication-target';
import { refuse } from './refuse';
import { requireVersions } from './versions-of-target';
import { yamlText } from './yaml-text';

/**
 * The ClusterConfiguration of kubeadm since 1.31. Its flags are a list, which can repeat one.
 * @see https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/
 */
export const kubeadm: AuthenticationTarget = (config, cluster) => {
  requireVersions(cluster, { format: 'kubeadm.k8s.io/v1beta4', since: '1.31', instead: 'kubeadm-v1beta3' });
  return clusterConfiguration('v1beta4', flagsInPod(oidcFlags(config)));
};

/**
 * The ClusterConfiguration of kubeadm until 1.36. Its flags are a map, which cannot repeat one.
 * @see https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta3/
 */
export const kubeadmV1beta3: AuthenticationTarget = (config, cluster) => {
  const format = 'kubeadm.k8s.io/v1beta3';
  requireVersions(cluster, { format, since: '1.22', until: '1.36', instead: 'kubeadm' });
  const required = Object.keys(config.requiredClaims);
  if (required.length > 1) {
    refuse([
      {
        message: `${format} cannot have --oidc-required-claim twice: its extraArgs are a map.`,
        given: `required claims ${required.map(shown).join(', ')}`,
        allowed: 'at most one required claim',
        fix: 'Use --target kubeadm with kubeadm 1.31 or later, or --target static-pod.',
      },
    ]);
  }
  const flags = flagsInPod(oidcFlags(config)).map(({ name, value }) => [name, value] as const);
  return clusterConfiguration('v1beta3', Object.fromEntries(flags));
};

function clusterConfiguration(
  version: string,
  extraArgs: readonly ApiServerFlag[] | Readonly<Record<string, string>>,
): string {
  return yamlText({ apiVersion: `kubeadm.k8s.io/${version}`, kind: 'ClusterConfiguration', apiServer: { extraArgs } }, [
    'Flags of kube-apiserver for sign-in with Okta, for kubeadm.',
    'New cluster: merge them into the file of kubeadm init --config.',
    'Existing cluster: merge them into the ConfigMap kubeadm-config of kube-system, and into a file with all of its',
    'ClusterConfiguration. Then run, on one control plane node after the other:',
    '  kubeadm init phase control-plane apiserver --config FILE',
  ]);
}

import type { AuthenticationTarget } from './authentication-target';
import { k3d } from './k3d';
import { k3s, rke2 } from './k3s';
import { kops } from './kops';
import { kubeadm, kubeadmV1beta3 } from './kubeadm';
import { staticPod } from './static-pod';
import { authenticationConfig, authenticationConfigV1beta1 } from './structured-file';

export { auditPolicy } from './audit-policy';

/** The targets that configure the sign-in, by their word on the command line; a new one is added here. */
export const AUTHENTICATION_TARGETS = {
  kubeadm,
  'kubeadm-v1beta3': kubeadmV1beta3,
  kops,
  k3d,
  k3s,
  rke2,
  'static-pod': staticPod,
  'authentication-config': authenticationConfig,
  'authentication-config-v1beta1': authenticationConfigV1beta1,
} satisfies Readonly<Record<string, AuthenticationTarget>>;

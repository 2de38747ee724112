import { flagsInPod, flagText, oidcFlags } from './api-server-flag';
import type { AuthenticationTarget } from './authentication-target';
import { yamlText } from './yaml-text';

/**
 * A JSON patch of the static pod of kube-apiserver, as kubeadm makes it: the flags follow the others in its command.
 * @see https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/control-plane-flags/#patches
 */
export const staticPod: AuthenticationTarget = (config) =>
  yamlText(
    flagsInPod(oidcFlags(config)).map((flag) => ({
      op: 'add',
      path: '/spec/containers/0/command/-',
      value: `--${flagText(flag)}`,
    })),
    [
      'JSON patch of the static pod of kube-apiserver: its flags for sign-in with Okta.',
      'kubeadm: save it as kube-apiserver0+json.yaml in the folder that patches.directory names; it then lasts over upgrades.',
      'By hand, on each control plane node: write a new manifest outside the folder of manifests, then move it there:',
      '  kubectl patch --local --type json --patch-file FILE -f /etc/kubernetes/manifests/kube-apiserver.yaml -o yaml',
    ],
  );

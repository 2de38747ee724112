import { type ApiServerFlag, flagsInPod, flagText, oidcFlags } from './api-server-flag';
import type { AuthenticationTarget } from './authentication-target';
import { yamlText } from './yaml-text';

/**
 * The configuration file of K3s servers. Its list becomes one flag for each entry.
 * @see https://docs.k3s.io/installation/configuration#configuration-file
 */
export const k3s: AuthenticationTarget = (config) => configFile('K3s', 'k3s', oidcFlags(config));

/**
 * The configuration file of RKE2 servers, which run kube-apiserver in a static pod.
 * @see https://docs.rke2.io/install/configuration#configuration-file
 */
export const rke2: AuthenticationTarget = (config) => configFile('RKE2', 'rke2', flagsInPod(oidcFlags(config)));

function configFile(product: string, name: string, flags: readonly ApiServerFlag[]): string {
  return yamlText({ 'kube-apiserver-arg': flags.map(flagText) }, [
    `Flags of kube-apiserver for sign-in with Okta, for ${product}.`,
    `Merge them into /etc/rancher/${name}/config.yaml on each server, then run, on one server after the other:`,
    `  systemctl restart ${name === 'k3s' ? 'k3s' : 'rke2-server'}`,
  ]);
}

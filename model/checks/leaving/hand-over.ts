import { type Access, allClusters } from '../../derived/access';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The file does not hand anything over. */
export const handOver: Check = {
  name: 'hand-over',
  severity: 'warning',
  reason:
    'After one deployment, Terraform has forgotten what is handed over, and handOver has no effect. Later, it would make Terraform forget what nobody wants to hand over.',
  fix: 'Deploy once, and remove handOver.',
  source: 'https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources',
  requires: [],
  find: (access) =>
    handedOver(access).map(({ path, stacks }) => ({
      path: pathText([...path, 'handOver']),
      message: 'This is handed over by the next deployment, and handOver has no effect after that.',
      given: 'true',
      allowed: 'true for one deployment',
      fix: `Deploy ${stacks}, and remove handOver.`,
    })),
};

/** What is handed over, with the stacks that forget it. */
function handedOver(access: Access): readonly { readonly path: readonly string[]; readonly stacks: string }[] {
  const groups = Object.entries(access.groups).filter(([, settings]) => settings.handOver);
  const clusters = allClusters(access).filter(({ settings }) => 'handOver' in settings && settings.handOver);
  const namespaces = Object.entries(access.namespaces).filter(([, settings]) => settings.handOver);
  return [
    ...(access.authorizationServer.handOver ? [{ path: ['authorizationServer'], stacks: 'okta' }] : []),
    ...groups.map(([name]) => ({ path: ['groups', name], stacks: 'okta' })),
    ...clusters.map(({ key }) => ({ path: ['clusters', key], stacks: `cluster-${key}` })),
    ...namespaces.map(([name]) => ({ path: ['namespaces', name], stacks: 'rbac-<key> of every cluster that has it' })),
  ];
}

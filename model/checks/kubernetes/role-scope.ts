import { type Finding, shown } from '../../../constraints/finding';
import { apiResources, NEWEST_KUBERNETES } from '../../../rbac';
import type { PolicyRule } from '../../../rbac/policy-rule';
import type { Access } from '../../derived/access';
import { roleDefinition } from '../../derived/roles';
import type { Grant } from '../../file/parsed-file';
import type { Check } from '../check';

/** A role is granted only where it has an effect: in namespaces, on whole clusters, or both. */
export const roleScope: Check = {
  name: 'role-scope',
  severity: 'error',
  reason:
    'A role of scope namespace exists only in namespaces, and a role for nodes or URLs has no effect in a namespace.',
  fix: 'Add namespaces to the grant, or remove them.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole',
  requires: ['roles'],
  find: (access) =>
    access.grants.flatMap((grant) => {
      const finding = scopeFinding(grant, access);
      return finding === undefined ? [] : [{ ...finding, path: `${grant.path}.namespaces` }];
    }),
};

function scopeFinding({ role, namespaces }: Grant, access: Access): Finding | undefined {
  const { scope, rules } = roleDefinition(role, access);
  if (scope === 'namespace' && namespaces === undefined) {
    return {
      message: `The role ${shown(role)} can be granted only in namespaces, and the grant names none.`,
      given: 'the whole cluster',
      allowed: 'at least one namespace',
      fix: 'Add namespaces, or grant a role of scope cluster.',
    };
  }
  const withoutEffect = namespaces === undefined ? [] : (rules ?? []).filter(hasNoEffectInNamespace);
  const urlRules = withoutEffect.filter(({ nonResourceURLs = [] }) => nonResourceURLs.length > 0);
  if (urlRules.length === 0 && (withoutEffect.length === 0 || withoutEffect.length < (rules?.length ?? 0))) {
    return undefined;
  }
  return {
    message: `The role ${shown(role)} needs the whole cluster: in a namespace, it gives no access to ${urlRules.length > 0 ? 'URLs' : 'cluster-scoped resources'}.`,
    given: `namespaces ${namespaces?.join(', ')}`,
    allowed: 'the whole cluster',
    fix: 'Remove namespaces, or grant another role there.',
  };
}

/** Cluster-scoped resources of Kubernetes, as `<resource>.<API group>`. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set(
  apiResources(NEWEST_KUBERNETES)
    .filter(({ isNamespaced }) => !isNamespaced)
    .map(({ name, apiGroup }) => `${name}.${apiGroup}`),
);

/** Whether a rule has no effect in a namespace. */
function hasNoEffectInNamespace({ apiGroups = [], resources = [], nonResourceURLs = [] }: PolicyRule): boolean {
  if (nonResourceURLs.length > 0) return true;
  // The check role-rules reports an incomplete rule.
  if (apiGroups.length === 0) return false;
  return resources.every((resource) =>
    apiGroups.every((group) => CLUSTER_SCOPED.has(`${resource.split('/')[0]}.${group}`)),
  );
}

import { type Finding, shown } from '../../../constraints/finding';
import { apiResources, NEWEST_KUBERNETES } from '../../../rbac';
import type { PolicyRule } from '../../../rbac/policy-rule';
import type { Access } from '../../derived/access';
import { roleDefinition } from '../../derived/roles';
import type { Grant } from '../../file/parsed-file';
import type { Check } from '../check';

/** A role is granted where it works: in namespaces, on whole clusters, or both. */
export const roleScope: Check = {
  name: 'role-scope',
  severity: 'error',
  reason: 'A role of scope namespace exists in namespaces only, and one for nodes or URLs does nothing in a namespace.',
  fix: 'Add namespaces to the grant, or take them away.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole',
  restsOn: ['roles'],
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
      message: `The role ${shown(role)} is for namespaces, and the grant names none.`,
      given: 'the whole cluster',
      allowed: 'at least one namespace',
      fix: 'Add namespaces, or grant a role of scope cluster.',
    };
  }
  const useless = namespaces === undefined ? [] : (rules ?? []).filter(isClusterWideOnly);
  const onlyUrls = useless.filter(({ nonResourceURLs = [] }) => nonResourceURLs.length > 0);
  if (onlyUrls.length === 0 && (useless.length === 0 || useless.length < (rules?.length ?? 0))) return undefined;
  return {
    message: `The role ${shown(role)} only makes sense on a whole cluster: in a namespace it gives no ${onlyUrls.length > 0 ? 'URLs' : 'cluster-wide resources'}.`,
    given: `namespaces ${namespaces?.join(', ')}`,
    allowed: 'the whole cluster',
    fix: 'Remove namespaces, or grant another role there.',
  };
}

/** Kubernetes' resources that are in no namespace, as `<resource>.<API group>`. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set(
  apiResources(NEWEST_KUBERNETES)
    .filter(({ isNamespaced }) => !isNamespaced)
    .map(({ name, apiGroup }) => `${name}.${apiGroup}`),
);

/** Whether a rule gives nothing in a namespace. */
function isClusterWideOnly({ apiGroups = [], resources = [], nonResourceURLs = [] }: PolicyRule): boolean {
  if (nonResourceURLs.length > 0) return true;
  // What an incomplete rule lacks is for the check role-rules.
  if (apiGroups.length === 0) return false;
  return resources.every((resource) =>
    apiGroups.every((group) => CLUSTER_SCOPED.has(`${resource.split('/')[0]}.${group}`)),
  );
}

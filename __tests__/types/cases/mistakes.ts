import { defineAccess } from '../../../model';

const okta = { orgName: 'example' };
const groups = { 'eks-admins': {}, 'eks-developers': {} };
const clusters = {
  prod: { kind: 'eks', region: 'eu-west-1' },
  legacy: { kind: 'existing-eks', region: 'eu-west-1' },
} as const;

defineAccess({ okta, groups, clusters, grants: [{ group: 'eks-admin', role: 'view', clusters: '*' }] });
defineAccess({ okta, groups, clusters, grants: [{ group: 'eks-admins', role: 'veiw', clusters: '*' }] });
defineAccess({ okta, groups, clusters, grants: [{ group: 'eks-admins', role: 'view', clusters: ['prd'] }] });
defineAccess({ okta, groups: { 'eks-admins': { descripton: '' } }, clusters, grants: [] });
defineAccess({ okta, groups, clusters: { prod: { kind: 'eks', regin: 'eu-west-1' } }, grants: [] });
defineAccess({
  okta,
  groups,
  clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1', roleName: 'r' } },
  grants: [],
});
defineAccess({ okta, groups, clusters: { prod: { kind: 'gke', region: 'eu-west-1' } }, grants: [] });
defineAccess({ okta, groups, clusters, grants: [], authorizationServer: { issuerMode: 'DYNAMIC' } });
defineAccess({ okta, groups, clusters, grants: [], backends: 'local' });
defineAccess({ groups, clusters, grants: [] });
defineAccess({ okta, groups, clusters, grants: [] }).okta.orgName = 'changed';
const grant = { group: 'eks-admins', role: 'view', clusters: '*' } as const;
defineAccess({ okta, groups, clusters, grants: [{ ...grant, accept: { impersonat: 'x' } }] });
defineAccess({ okta, groups, clusters, grants: [{ ...grant, role: 'secret-reeder' }] });
defineAccess({ okta, groups, clusters, grants: [{ ...grant, namespaces: 'team-a' }] });
defineAccess({ okta, groups, clusters, grants: [grant], namespaces: { 'team-a': { quota: { pods: true } } } });
defineAccess({ okta, groups, clusters, grants: [grant], namespaces: { 'team-a': { podSecurity: 'strict' } } });
defineAccess({ okta, groups, clusters, grants: [grant], clusterDefaults: { logRetentionDays: 91 } });
defineAccess({ okta, groups, clusters, grants: [grant], clusterDefaults: { roleName: 'x' } });
defineAccess({ okta, groups, clusters, grants: [grant], guards: { secretDeletions: ['eks-admins'] } });
defineAccess({ okta, groups, clusters, grants: [grant], roles: { reader: { rules: [{ resources: ['pods'] }] } } });
defineAccess({ okta, groups, clusters, grants: [grant], backend: { s3: { bucket: 'b' } } });
defineAccess({ okta, groups, clusters: { prod: { kind: 'eks' } }, grants: [grant] });
defineAccess({ okta, groups, clusters: { prod: { kind: 'eks', region: 'eu-wets-1' } }, grants: [grant] });
defineAccess({ okta, groups, clusters, clusterDefaults: { region: 'us-est-1' }, grants: [grant] });
const roles = { debugger: { scope: 'namespace', rules: [] }, reader: { rules: [] } } as const;
defineAccess({ okta, groups, clusters, roles, grants: [{ ...grant, role: 'debugger' }] });
defineAccess({ okta, groups, clusters, roles, grants: [{ ...grant, role: 'debuger', namespaces: ['team-a'] }] });

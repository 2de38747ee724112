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
defineAccess({ okta, groups, clusters: { prod: { kind: 'existing-eks', region: 'a', roleName: 'r' } }, grants: [] });
defineAccess({ okta, groups, clusters: { prod: { kind: 'gke', region: 'eu-west-1' } }, grants: [] });
defineAccess({ okta, groups, clusters, grants: [], authorizationServer: { issuerMode: 'DYNAMIC' } });
defineAccess({ okta, groups, clusters, grants: [], backends: 'local' });
defineAccess({ groups, clusters, grants: [] });
defineAccess({ okta, groups, clusters, grants: [] }).okta.orgName = 'changed';

import type { PortalData } from '../../../sign-in/portal/portal-data';
import { SIGN_IN } from './sign-in';

/** A portal of the same clusters. The group eks-viewers has access to `prod` only. */
export const PORTAL: PortalData = {
  schemaVersion: 1,
  organization: 'example.okta.com',
  day: '2026-11-26',
  issuerUrl: SIGN_IN.issuerUrl,
  apps: SIGN_IN.apps,
  clusters: SIGN_IN.clusters.map(({ key, app, endpoint, certificateAuthority }) => ({
    ...{ key, name: key, kind: 'existing-eks' as const, region: 'eu-west-1', app },
    server: { endpoint, certificateAuthority },
  })),
  groups: [
    { name: 'eks-admins', description: null },
    { name: 'eks-viewers', description: null },
  ],
  roles: [{ name: 'view', description: null, allows: [], notes: [] }],
  access: [
    { group: 0, role: 0, clusters: [0, 1, 2], namespaces: null, until: null, refused: [] },
    { group: 1, role: 0, clusters: [0], namespaces: null, until: null, refused: [] },
  ],
  lifetimes: { idTokenMinutes: 60, refresh: null },
  endsSoon: [],
};

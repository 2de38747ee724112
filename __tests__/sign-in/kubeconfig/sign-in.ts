import type { SignInData } from '../../../sign-in/sign-in-data';
import { CA_BASE64 } from '../certificate';

/** Two clusters with one app, and one with an app of its own and a public certificate authority. */
export const SIGN_IN: SignInData = {
  issuerUrl: 'https://example.okta.com/oauth2/aus1',
  apps: [
    {
      name: 'EKS',
      clientId: '0oa1shared',
      scopes: ['email', 'offline_access'],
      redirectPorts: [8000, 18000],
      deviceCode: true,
    },
    { name: 'home', clientId: '0oa2home', scopes: [], redirectPorts: [9000], deviceCode: false },
  ],
  clusters: [
    {
      key: 'prod',
      app: 'EKS',
      endpoint: 'https://AB12.gr7.eu-west-1.eks.amazonaws.com',
      certificateAuthority: CA_BASE64,
    },
    {
      key: 'stage',
      app: 'EKS',
      endpoint: 'https://CD34.gr7.eu-west-1.eks.amazonaws.com',
      certificateAuthority: CA_BASE64,
    },
    { key: 'home', app: 'home', endpoint: 'https://k8s.example.com:6443', certificateAuthority: null },
  ],
};

/** The same with other values of Okta and AWS. */
export function changed(changes: { readonly clientId?: string; readonly endpoint?: string }): SignInData {
  const { clientId, endpoint } = changes;
  return {
    ...SIGN_IN,
    apps: SIGN_IN.apps.map((app) => (clientId !== undefined && app.name === 'EKS' ? { ...app, clientId } : app)),
    clusters: SIGN_IN.clusters.map((cluster) =>
      endpoint !== undefined && cluster.key === 'prod' ? { ...cluster, endpoint } : cluster,
    ),
  };
}

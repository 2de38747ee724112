import {
  type AccessRule,
  type App,
  type AuthorizationServer,
  type New,
  Organization,
} from '../../../sandbox/okta/organization';

/** An organization with an app that is assigned to a group, and an authorization server without policies. */
export interface DemoOrganization {
  readonly organization: Organization;
  readonly app: App;
  readonly server: AuthorizationServer;
}

export const PASSWORD = 'correct horse';

/** A native app like that of the stacks, with changes. */
export function demoApp(changes: Partial<App> = {}): Omit<New<App>, 'clientId'> {
  return {
    label: 'EKS',
    grantTypes: ['authorization_code', 'refresh_token'],
    responseTypes: ['code'],
    redirectUris: ['http://localhost:8000', 'http://localhost:18000'],
    postLogoutRedirectUris: [],
    tokenEndpointAuthMethod: 'none',
    pkceRequired: true,
    refreshTokenRotation: 'ROTATE',
    refreshTokenLeeway: 30,
    ...changes,
  };
}

/** A rule for everyone who is assigned to the app, with changes. */
export function demoRule(changes: Partial<AccessRule> = {}): New<AccessRule> {
  return {
    name: 'Code',
    priority: 1,
    grantTypes: ['authorization_code'],
    groups: ['EVERYONE'],
    scopes: ['*'],
    accessTokenMinutes: 15,
    refreshLifetimeMinutes: 720,
    refreshIdleMinutes: 120,
    ...changes,
  };
}

/** Ana is in `eks-admins`, which is assigned to the app; Ben is in no group. */
export function demoOrganization(app: Partial<App> = {}): DemoOrganization {
  const organization = new Organization(PASSWORD);
  const admins = organization.addGroup('eks-admins');
  organization.addUser({ login: 'ana@example.com' });
  organization.addUser({ login: 'ben@example.com' });
  organization.addMember('eks-admins', 'ana@example.com');
  const added = organization.addApp(demoApp(app));
  organization.assignGroups(added.id, [admins.id]);
  return {
    organization,
    app: added,
    server: organization.addAuthorizationServer({ name: 'EKS', audiences: ['http://localhost:8000'] }),
  };
}

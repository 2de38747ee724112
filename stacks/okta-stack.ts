import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { OktaProvider } from '#okta/provider';
import type { IssuerMode } from '../constraints/okta/issuer-mode';
import { AccessPolicy } from '../constructs/okta/access-policy';
import { AppGroupAssignments } from '../constructs/okta/app-group-assignments';
import { AuthenticationPolicy, type IAuthenticationPolicy } from '../constructs/okta/authentication-policy';
import { AuthorizationServer, type IAuthorizationServer } from '../constructs/okta/authorization-server';
import { type IOktaGroup, OktaGroup } from '../constructs/okta/group';
import { GroupMembers } from '../constructs/okta/group-members';
import { GroupRule } from '../constructs/okta/group-rule';
import { NativeApp } from '../constructs/okta/native-app';
import type { Access } from '../model/derived/access';
import { clientIdOutput } from '../model/derived/sign-in-apps';
import { madeClaims } from '../model/derived/token-claims';
import { AccessStack } from './access-stack';

/** Name of the output with the issuer of the tokens. */
export const ISSUER_URL = 'issuer_url';

/** The Okta resources: groups, the apps of the clusters, the authorization server, and policies. */
export class OktaStack extends AccessStack {
  constructor(scope: Construct, id: string, access: Access) {
    super(scope, id, access.backend);
    // The provider reads credentials from the environment.
    new OktaProvider(this, 'Okta', { orgName: access.okta.orgName, baseUrl: access.okta.baseUrl });

    const groups = this.groups(access);
    const authorizationServer = this.authorizationServer(access);
    new TerraformOutput(this, ISSUER_URL, { value: authorizationServer.issuerUrl });

    const { redirectPorts, refresh, deviceCode, accessTokenMinutes } = access.signIn;
    const authenticationPolicy = this.authenticationPolicy(access);
    const apps = new Construct(this, 'App');
    for (const { name, clusters, groups: granted } of access.apps) {
      const scopeOfApp = new Construct(apps, name);
      const app = new NativeApp(scopeOfApp, 'NativeApp', {
        label: name,
        redirectPorts,
        refresh: refresh && { rotation: refresh.rotation, leewaySeconds: refresh.leeway },
        deviceCode,
        authenticationPolicy,
        replaceable:
          access.authorizationServer.replaceable || clusters.every((key) => access.clusters[key]?.settings.replaceable),
      });
      const assigned =
        access.signIn.assignment === 'everyone'
          ? ('everyone' as const)
          : granted.map((group) => groups.get(group) as IOktaGroup);
      // Once every grant has ended, the next apply removes the assignments: the provider has no empty list of them.
      if (assigned.length > 0) new AppGroupAssignments(scopeOfApp, 'Assignments', { app, groups: assigned });
      new AccessPolicy(scopeOfApp, 'AccessPolicy', {
        authorizationServer,
        name,
        app,
        accessTokenMinutes,
        refreshLifetimeMinutes: refresh?.lifetime,
        refreshIdleMinutes: refresh?.idle,
      });
      new TerraformOutput(this, clientIdOutput(name), { value: app.clientId });
    }
  }

  /** The groups by name, with their members if the file defines them. */
  private groups(access: Access): ReadonlyMap<string, IOktaGroup> {
    const scope = new Construct(this, 'Group');
    const members = new Construct(this, 'GroupMembers');
    const rules = new Construct(this, 'GroupRule');
    const groups = Object.entries(access.groups).map(
      ([name, { description, existing, handOver, logins, rule, was }]) => {
        const group = existing
          ? OktaGroup.fromName(scope, name, name, { handOver })
          : new OktaGroup(scope, name, { name, description, was });
        if (logins !== undefined) new GroupMembers(members, name, { group, logins, was });
        if (rule !== undefined) new GroupRule(rules, name, { group, expression: rule, was });
        if (handOver) {
          GroupMembers.handOver(members, name);
          GroupRule.handOver(rules, name);
        }
        return [name, group] as const;
      },
    );
    return new Map(groups);
  }

  private authorizationServer(access: Access): IAuthorizationServer {
    const { groupsClaim } = access;
    const { existing, handOver, issuerMode, name, ...settings } = access.authorizationServer;
    const claim = {
      groupsClaim: groupsClaim.name,
      groupsStartWith: groupsClaim.startsWith,
      claims: madeClaims(access),
    };
    if (existing) return AuthorizationServer.fromName(this, 'AuthorizationServer', { name, handOver, ...claim });
    return new AuthorizationServer(this, 'AuthorizationServer', {
      name,
      ...settings,
      ...claim,
      issuerMode: issuerMode as IssuerMode,
    });
  }

  /** The one policy of all apps. */
  private authenticationPolicy({ authorizationServer, signIn }: Access): IAuthenticationPolicy | undefined {
    const settings = signIn.authenticationPolicy;
    if (settings === undefined) return undefined;
    if ('id' in settings) return AuthenticationPolicy.fromId(settings.id);
    return new AuthenticationPolicy(this, 'AuthenticationPolicy', {
      // Unique in the organization, like the name of the server.
      name: authorizationServer.name,
      requireMfa: settings.requireMfa,
      networkZones: settings.networkZones.length > 0 ? settings.networkZones : undefined,
    });
  }
}

import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { OktaProvider } from '#okta/provider';
import { AccessPolicy } from '../constructs/okta/access-policy';
import { AppGroupAssignments } from '../constructs/okta/app-group-assignments';
import { AuthorizationServer } from '../constructs/okta/authorization-server';
import { type IOktaGroup, OktaGroup } from '../constructs/okta/group';
import { NativeApp } from '../constructs/okta/native-app';
import type { Access } from '../model/access';
import { clientIdOutput, signInApps } from '../model/sign-in-apps';
import { AccessStack } from './access-stack';

/** Name of the output that carries the issuer of the tokens. */
export const ISSUER_URL = 'issuer_url';

/** The Okta side: groups, one app per distinct `app` of the clusters, authorization server, policies. */
export class OktaStack extends AccessStack {
  constructor(scope: Construct, id: string, access: Access) {
    super(scope, id);
    // Credentials are read from the environment by the provider.
    new OktaProvider(this, 'Okta', { orgName: access.okta.orgName, baseUrl: access.okta.baseUrl });

    const groups = this.groups(access);
    const authorizationServer = new AuthorizationServer(this, 'AuthorizationServer', {
      name: access.authorizationServer.name,
      description: access.authorizationServer.description,
      audience: access.authorizationServer.audience,
      issuerMode: access.authorizationServer.issuerMode as 'ORG_URL' | 'CUSTOM_URL',
      groupsClaim: access.groupsClaim.name,
      groupsStartWith: access.groupsClaim.startsWith,
    });
    new TerraformOutput(this, ISSUER_URL, { value: authorizationServer.issuerUrl });

    const apps = new Construct(this, 'App');
    for (const { name, groups: granted } of signInApps(access)) {
      const scopeOfApp = new Construct(apps, name);
      const app = new NativeApp(scopeOfApp, 'NativeApp', { label: name, redirectPorts: access.signIn.redirectPorts });
      new AppGroupAssignments(scopeOfApp, 'Assignments', {
        app,
        groups:
          access.signIn.assignment === 'everyone'
            ? 'everyone'
            : granted.map((group) => groups.get(group) as IOktaGroup),
      });
      new AccessPolicy(scopeOfApp, 'AccessPolicy', { authorizationServer, name, app });
      new TerraformOutput(this, clientIdOutput(name), { value: app.clientId });
    }
  }

  private groups({ groups }: Access): ReadonlyMap<string, IOktaGroup> {
    const scope = new Construct(this, 'Group');
    return new Map(
      Object.entries(groups).map(([name, { description, existing }]) => [
        name,
        existing ? OktaGroup.fromName(scope, name, name) : new OktaGroup(scope, name, { name, description }),
      ]),
    );
  }
}

import { accessWith } from '../access-files';
import { resources, type StackJson, synthesizedAccess, theAddress, theData, theResource } from '../synthesized';
import { FLEET, fleet, fleetStacks } from './fleet';

const oktaOf = (access = accessWith()) => synthesizedAccess(access).okta as StackJson;
const oktaOfFleet = () => fleetStacks().okta as StackJson;

/** The address of the one resource of a type with this value of an argument. */
const addressOf = (stack: StackJson, type: string, argument: string, value: string) => {
  const ids = Object.entries(stack.resource?.[type] ?? {}).filter(([, instance]) => instance[argument] === value);
  expect(ids).toHaveLength(1);
  return `${type}.${ids[0]?.[0]}`;
};

/** The assigned groups of each app by its label: names of created groups, addresses of existing groups. */
const assignedGroups = (stack: StackJson) =>
  Object.fromEntries(
    resources(stack, 'okta_app_oauth').map(({ label }) => {
      const appId = `\${${addressOf(stack, 'okta_app_oauth', 'label', label)}.id}`;
      const [assignments, ...others] = resources(stack, 'okta_app_group_assignments').filter(
        ({ app_id }) => app_id === appId,
      );
      expect(others).toEqual([]);
      const names = assignments?.group.map(({ id }: { id: string }) => {
        const [, type = '', name = ''] = /^\$\{(.*)\.(.*)\.id\}$/.exec(id) ?? [];
        return stack.resource?.[type]?.[name]?.name ?? stack.data?.[type.replace('data.', '')]?.[name]?.name ?? type;
      });
      return [label, names];
    }),
  );

describe('the Okta stack', () => {
  test('has one organization, and the provider reads its credentials from the environment', () => {
    const stack = oktaOf(accessWith({ okta: { orgName: 'dev-123456', baseUrl: 'oktapreview.com' } }));

    expect(stack.provider).toEqual({ okta: [{ org_name: 'dev-123456', base_url: 'oktapreview.com' }] });
  });

  test('has the values of the smallest file', () => {
    const stack = oktaOf();

    expect(theResource(stack, 'okta_auth_server')).toMatchObject({
      name: 'EKS',
      audiences: ['http://localhost:8000'],
      issuer_mode: 'ORG_URL',
    });
    expect(theResource(stack, 'okta_auth_server_claim')).toMatchObject({ name: 'groups', value: 'eks-' });
    expect(theResource(stack, 'okta_app_oauth')).toMatchObject({
      label: 'prod',
      redirect_uris: ['http://localhost:8000', 'http://localhost:18000'],
    });
    expect(theResource(stack, 'okta_auth_server_policy')).toMatchObject({ name: 'prod', priority: 1 });
    expect(theResource(stack, 'okta_group')).toEqual({
      name: 'eks-admins',
      lifecycle: { create_before_destroy: true },
    });
    expect(stack.data).toBeUndefined();
  });

  test('has the authorization server and the groups claim that the file describes', () => {
    const stack = oktaOf(
      accessWith({
        authorizationServer: {
          name: 'Kubernetes',
          description: 'Tokens for kubectl',
          audience: 'api://kubernetes',
          issuerMode: 'CUSTOM_URL',
        },
        groupsClaim: { name: 'teams', startsWith: 'eks-a' },
      }),
    );

    expect(theResource(stack, 'okta_auth_server')).toMatchObject({
      name: 'Kubernetes',
      description: 'Tokens for kubectl',
      audiences: ['api://kubernetes'],
      issuer_mode: 'CUSTOM_URL',
    });
    expect(theResource(stack, 'okta_auth_server_claim')).toMatchObject({ name: 'teams', value: 'eks-a' });
  });

  test.each([
    [{}, true],
    [{ replaceable: true }, false],
  ])('with the authorization server %j, server and apps have prevent_destroy %p', (authorizationServer, prevent) => {
    const stack = oktaOf(accessWith({ authorizationServer }));

    for (const type of ['okta_auth_server', 'okta_app_oauth']) {
      expect(theResource(stack, type).lifecycle).toEqual({ prevent_destroy: prevent });
    }
  });

  test('unprotects an app if every cluster with it is replaceable, and nothing else', () => {
    const stack = oktaOf(
      accessWith({
        clusters: {
          a: { kind: 'eks', region: 'eu-west-1', app: 'both', replaceable: true },
          b: { kind: 'self-managed', kubeconfigContext: 'b', app: 'both', replaceable: true },
          c: { kind: 'existing-eks', region: 'eu-west-1', app: 'one of two', replaceable: true },
          d: { kind: 'existing-eks', region: 'eu-west-2', app: 'one of two' },
        },
      }),
    );

    const apps = resources(stack, 'okta_app_oauth').map(({ label, lifecycle }) => [label, lifecycle.prevent_destroy]);
    expect(Object.fromEntries(apps)).toEqual({ both: false, 'one of two': true });
    expect(theResource(stack, 'okta_auth_server').lifecycle).toEqual({ prevent_destroy: true });
  });

  test('has the redirect URIs of the ports in the file', () => {
    const app = theResource(oktaOf(accessWith({ signIn: { redirectPorts: [9000, 8000] } })), 'okta_app_oauth');

    expect(app.redirect_uris).toEqual(['http://localhost:8000', 'http://localhost:9000']);
  });

  test('outputs the issuer and each client ID', () => {
    const stack = oktaOfFleet();

    expect(stack.output).toEqual({
      issuer_url: { value: `\${${theAddress(stack, 'okta_auth_server')}.issuer}` },
      ...Object.fromEntries(
        ['legacy', 'prod', 'shared'].map((app) => [
          `client_id_${app}`,
          { value: `\${${addressOf(stack, 'okta_app_oauth', 'label', app)}.client_id}` },
        ]),
      ),
    });
  });

  test('names the client ID output of an app with characters that Terraform accepts', () => {
    const stack = oktaOf(accessWith({ clusters: { prod: { kind: 'eks', region: 'eu-west-1', app: 'EKS (prod)' } } }));

    expect(Object.keys(stack.output ?? {})).toEqual(['client_id_EKS__prod_', 'issuer_url']);
  });
});

describe('the groups of the Okta stack', () => {
  test('are created with their descriptions, even without a grant', () => {
    const groups = resources(oktaOfFleet(), 'okta_group');

    expect(groups.sort((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject([
      { name: 'eks-admins', description: 'Admins of every cluster' },
      { name: 'eks-developers' },
      { name: 'eks-unused' },
    ]);
  });

  test('are looked up by their exact name if they are existing groups', () => {
    const stack = oktaOfFleet();

    const group = theData(stack, 'okta_group');
    expect(group.name).toBe('eks-auditors');
    expect(group.lifecycle.postcondition[0].condition).toBe('${self.name == "eks-auditors"}');
  });
});

describe('the apps of the Okta stack', () => {
  test('are one for each cluster by default, so that one cluster refuses a token for another', () => {
    const clusters = Object.fromEntries(
      ['a', 'b', 'c'].map((key) => [key, { kind: 'existing-eks', region: 'eu-west-1' }]),
    );

    const apps = resources(oktaOf(accessWith({ clusters })), 'okta_app_oauth');

    expect(apps.map(({ label }) => label).sort()).toEqual(['a', 'b', 'c']);
  });

  test('are one for clusters that name the same app, with one policy and one list of assignments', () => {
    const stack = oktaOfFleet();

    expect(
      resources(stack, 'okta_app_oauth')
        .map(({ label }) => label)
        .sort(),
    ).toEqual(['legacy', 'prod', 'shared']);
    expect(resources(stack, 'okta_app_group_assignments')).toHaveLength(3);
    expect(resources(stack, 'okta_auth_server_policy')).toHaveLength(3);
    expect(resources(stack, 'okta_auth_server_policy_rule')).toHaveLength(3);
    expect(resources(stack, 'okta_auth_server')).toHaveLength(1);
    expect(resources(stack, 'okta_auth_server_claim')).toHaveLength(1);
  });

  test('are assigned only to groups with a grant on one of their clusters', () => {
    expect(assignedGroups(oktaOfFleet())).toEqual({
      legacy: ['eks-admins', 'eks-auditors', 'eks-developers'],
      prod: ['eks-admins'],
      shared: ['eks-admins', 'eks-auditors', 'eks-developers'],
    });
  });

  test('are no longer assigned to a group without a grant', () => {
    const grants = FLEET.grants.filter(({ clusters }) => !clusters.includes('stage'));

    expect(assignedGroups(oktaOf(fleet({ grants })))).toEqual({
      legacy: ['eks-admins', 'eks-developers'],
      prod: ['eks-admins'],
      shared: ['eks-admins'],
    });
  });

  test('are assigned to everyone if the file says so', () => {
    const stack = oktaOf(fleet({ signIn: { assignment: 'everyone' } }));

    const everyone = Object.keys(stack.data?.okta_everyone_group ?? {}).map((id) => [
      { id: `\${data.okta_everyone_group.${id}.id}`, profile: '{}' },
    ]);
    expect(everyone).toHaveLength(3);
    expect(resources(stack, 'okta_app_group_assignments').map(({ group }) => group)).toEqual(everyone);
  });

  test('have policies in the order of their names, 1 to n, each for its own client and after the previous one', () => {
    const stack = oktaOfFleet();

    const policyOf = (app: string) => addressOf(stack, 'okta_auth_server_policy', 'name', app);
    const clientOf = (app: string) => `\${${addressOf(stack, 'okta_app_oauth', 'label', app)}.client_id}`;
    expect(
      resources(stack, 'okta_auth_server_policy')
        .map(({ name, priority, client_whitelist, depends_on }) => ({ name, priority, client_whitelist, depends_on }))
        .sort((a, b) => a.priority - b.priority),
    ).toEqual([
      { name: 'legacy', priority: 1, client_whitelist: [clientOf('legacy')], depends_on: undefined },
      { name: 'prod', priority: 2, client_whitelist: [clientOf('prod')], depends_on: [policyOf('legacy')] },
      { name: 'shared', priority: 3, client_whitelist: [clientOf('shared')], depends_on: [policyOf('prod')] },
    ]);
  });
});

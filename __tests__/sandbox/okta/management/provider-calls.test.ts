import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Organization } from '../../../../sandbox/okta/organization';
import { type ApiAnswer, ManagementTestWorld } from './management-world';

/**
 * A call of the okta provider 4.20.0, which Terraform made for an example: apply, an empty second plan, a change of every
 * resource, destroy. Ids are placeholders such as `$00g1`, and `ids` are those that the answer had. Calls that repeat
 * each other are left out.
 */
type RecordedCall = readonly [method: string, path: string, body: unknown, status: number, ids: readonly string[]];

/** The calls by example. */
function recordedCalls(): Readonly<Record<string, readonly RecordedCall[]>> {
  const calls: Record<string, RecordedCall[]> = {};
  let example = '';
  for (const line of readFileSync(join(__dirname, 'provider-calls.jsonl'), 'utf8').trim().split('\n')) {
    const value = JSON.parse(line) as RecordedCall | { readonly example: string };
    if ('example' in value) example = value.example;
    else calls[example] = [...(calls[example] ?? []), value];
  }
  return calls;
}

/** What the provider reads of an answer. Without some of them, it panics. */
const NEEDED: readonly (readonly [call: RegExp, properties: readonly string[]])[] = [
  [/^(GET|POST|PUT) \/groups(\/\$00g\d+)?$/, ['id', 'type', 'profile.name', 'profile.description']],
  [/^GET \/groups\?/, ['0.id', '0.type', '0.profile.name']],
  [
    /^(GET|POST|PUT) \/groups\/rules(\/\$0pr\d+)?$/,
    [
      ...['id', 'name', 'status', 'conditions.expression.type', 'conditions.expression.value'],
      ...['conditions.people.users.exclude', 'actions.assignUserToGroups.groupIds.0'],
    ],
  ],
  [/^GET \/users\/me$/, ['id', 'status', 'profile.login']],
  [/^GET \/users\?/, ['0.id', '0.status', '0.profile.login']],
  [
    /^(GET|POST|PUT) \/apps(\/\$0oa\d+)?$/,
    [
      ...['id', 'name', 'label', 'status', 'signOnMode', 'visibility.hide.web', 'settings.app'],
      ...['settings.oauthClient.application_type', 'settings.oauthClient.redirect_uris.0'],
      ...['settings.oauthClient.grant_types.0', 'settings.oauthClient.response_types.0'],
      ...['settings.oauthClient.consent_method', 'settings.oauthClient.issuer_mode', '_links.accessPolicy.href'],
      ...['client_id', 'token_endpoint_auth_method', 'autoKeyRotation', 'pkce_required'].map(
        (name) => `credentials.oauthClient.${name}`,
      ),
    ],
  ],
  [/^(GET|PUT) \/apps\/\$0oa\d+\/groups\/\$00g\d+$/, ['id', 'priority', 'profile']],
  [
    /^(GET|POST|PUT) \/authorizationServers(\/\$aus\d+)?$/,
    [
      ...['id', 'name', 'description', 'audiences.0', 'issuer', 'issuerMode', 'status'],
      ...['kid', 'rotationMode', 'lastRotated', 'nextRotation'].map((name) => `credentials.signing.${name}`),
    ],
  ],
  [
    /^(GET|POST|PUT) \/authorizationServers\/\$aus\d+\/claims(\/\$ocl\d+)?$/,
    ['id', 'name', 'status', 'value', 'valueType', 'claimType', 'alwaysIncludeInToken', 'conditions.scopes'],
  ],
  [
    /^(GET|POST|PUT) \/authorizationServers\/\$aus\d+\/policies(\/\$00p\d+)?$/,
    ['id', 'name', 'description', 'priority', 'status', 'conditions.clients.include.0'],
  ],
  [
    /^(GET|POST|PUT) \/authorizationServers\/\$aus\d+\/policies\/\$00p\d+\/rules(\/\$0pr\d+)?$/,
    [
      ...['id', 'name', 'priority', 'status', 'conditions.grantTypes.include.0', 'conditions.scopes.include.0'],
      ...['conditions.people.users', 'conditions.people.groups.include.0'],
      ...['accessTokenLifetimeMinutes', 'refreshTokenLifetimeMinutes', 'refreshTokenWindowMinutes'].map(
        (name) => `actions.token.${name}`,
      ),
    ],
  ],
  [/^(GET|POST|PUT) \/policies(\/\$rst\d+)?$/, ['id', 'name', 'type', 'priority', 'status', 'system']],
  [/^GET \/policies\?/, ['0.id', '0.system']],
  [/^GET \/policies\/\$rst\d+\/rules$/, ['0.id', '0.system', '0.actions.appSignOn.access']],
  [
    /^(GET|POST|PUT) \/policies\/\$rst\d+\/rules\/\$rul\d+$/,
    ['id', 'name', 'priority', 'status', 'actions.appSignOn.access', 'actions.appSignOn.verificationMethod.type'],
  ],
  [/^GET \/zones$/, ['0.id', '0.name', '0.type', '0.status']],
  [/^GET \/\.well-known\/okta-organization$/, ['pipeline']],
];

/** The properties that an answer does not have. */
function missing({ body }: ApiAnswer, properties: readonly string[]): readonly string[] {
  return properties.filter((path) => {
    const value = path.split('.').reduce((part, name) => part?.[name], body);
    return value === undefined;
  });
}

/** Makes what the file of an example expects in Okta: data sources look it up. */
function addExisting(organization: Organization, path: string): void {
  const { pathname, searchParams } = new URL(path, 'https://localhost');
  const login = /profile\.login eq "(.*)"/.exec(searchParams.get('search') ?? '')?.[1];
  const q = searchParams.get('q') ?? '';
  if (login !== undefined && !organization.userByLogin(login)) organization.addUser({ login });
  if (pathname === '/groups' && !organization.groupByName(q)) {
    organization.addGroup(q, /APP_GROUP/.test(path) ? 'APP_GROUP' : 'OKTA_GROUP');
  }
  if (pathname === '/authorizationServers' && q !== '' && organization.servers.all().length === 0) {
    organization.addAuthorizationServer({ name: q, audiences: ['api://default'] });
  }
  if (pathname === '/zones' && organization.zones.all().length === 0) {
    for (const name of ['Offices', 'VPN']) organization.zones.add({ name, status: 'ACTIVE', details: {} });
  }
}

describe('the calls of the okta provider', () => {
  const examples = recordedCalls();

  test.each(Object.entries(examples))(
    'for the example %s are answered as the provider needs it',
    async (example, calls) => {
      const world = await ManagementTestWorld.start({ rateLimit: { limit: 10_000, windowSeconds: 60 } });
      for (const login of ['ana@example.com', 'ben@example.com'])
        world.organization.removeUser(world.idOf(login.split('@')[0] ?? ''));
      await world.call('DELETE', `/groups/${world.idOf('eks-admins')}`);
      const ids = new Map<string, string>();
      const known = (text: string) => text.replace(/\$\w{3}\d+/g, (name) => ids.get(name) ?? name);

      for (const [method, path, body, status, expectedIds] of calls) {
        if (method === 'GET') addExisting(world.organization, path);
        const sent = body === null ? undefined : JSON.parse(known(JSON.stringify(body)));
        const answer = await world.call(method, known(path), sent);
        const call = `${method} ${path}`;

        expect([call, answer.status, answer.body?.errorSummary]).toEqual([
          ...[call, status],
          status < 300 ? undefined : expect.any(String),
        ]);
        const found = [answer.body ?? []].flat().map(({ id }) => id as string | undefined);
        for (const [index, name] of expectedIds.entries()) if (!ids.has(name)) ids.set(name, found[index] ?? 'none');
        expect([call, expectedIds.map(known).sort()]).toEqual([call, found.filter((id) => id !== undefined).sort()]);
        const needed = NEEDED.filter(([pattern]) => pattern.test(call)).flatMap(([, properties]) => properties);
        if (status < 300) expect([call, missing(answer, needed)]).toEqual([call, []]);
        // The provider takes a body for an error here.
        if (status === 204) expect([call, answer.body]).toEqual([call, undefined]);
      }

      // Everything that Terraform made is destroyed.
      const { organization } = world;
      expect(
        organization
          .allGroups()
          .filter(({ type }) => type === 'OKTA_GROUP')
          .map(({ name }) => name),
      ).toEqual(example === 'portal' ? ['eks-everyone'] : []);
      expect([organization.apps.all(), organization.rules.all()]).toEqual([[], []]);
      expect(organization.servers.all().map(({ claims, policies }) => [claims, policies])).toEqual(
        example === 'portal' ? [[[], []]] : [],
      );
    },
  );

  test('are of every kind that the table has', () => {
    const all = Object.values(examples).flatMap((calls) => calls.map(([method, path]) => `${method} ${path}`));

    expect(NEEDED.filter(([pattern]) => !all.some((call) => pattern.test(call)))).toEqual([]);
  });
});

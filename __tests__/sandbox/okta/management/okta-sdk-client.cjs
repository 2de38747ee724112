// Uses the management API as a program with Okta's own library does, and prints what it got. It runs in a process of its
// own, because Node only reads NODE_EXTRA_CA_CERTS at its start.
const { Client } = require('@okta/okta-sdk-nodejs');

const { ORG_URL: orgUrl, API_TOKEN: token, CLIENT_ID: clientId, PRIVATE_KEY: privateKey } = process.env;

async function all(collection) {
  const items = [];
  for await (const item of await collection) items.push(item);
  return items;
}

function nameOf({ profile }) {
  return profile.name ?? profile.login;
}

async function administrate(client) {
  const group = await client.groupApi.createGroup({
    group: { profile: { name: 'eks-sdk', description: 'By the SDK' } },
  });
  const user = await client.userApi.createUser({
    body: {
      profile: { login: 'cleo@example.com', email: 'cleo@example.com', firstName: 'Cleo', lastName: 'Ito' },
      credentials: { password: { value: 'a long password' } },
    },
  });
  await client.groupApi.assignUserToGroup({ groupId: group.id, userId: user.id });
  const app = await client.applicationApi.createApplication({
    application: {
      name: 'oidc_client',
      label: 'SDK',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'none', pkce_required: true } },
      settings: {
        oauthClient: {
          application_type: 'native',
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: ['http://localhost:8000'],
        },
      },
    },
  });
  await client.applicationApi.assignGroupToApplication({ appId: app.id, groupId: group.id });
  const server = await client.authorizationServerApi.createAuthorizationServer({
    authorizationServer: { name: 'EKS', description: '', audiences: ['http://localhost:8000'] },
  });
  const suspended = async () => {
    await client.userApi.suspendUser({ userId: user.id });
    return (await client.userApi.getUser({ userId: user.id })).status;
  };
  return {
    groupsInPagesOfOne: (await all(client.groupApi.listGroups({ limit: 1 }))).map(nameOf),
    members: (await all(client.groupApi.listGroupUsers({ groupId: group.id }))).map(nameOf),
    groupsOfUser: (await all(client.userApi.listUserGroups({ userId: user.id }))).map(nameOf),
    found: (await all(client.userApi.listUsers({ search: 'profile.login eq "cleo@example.com"' }))).map(nameOf),
    appsOfGroup: (await all(client.groupApi.listAssignedApplicationsForGroup({ groupId: group.id }))).map(
      ({ label }) => label,
    ),
    issuer: server.issuer,
    suspended: await suspended(),
    sessionsEnded: (await client.userApi.revokeUserSessions({ userId: user.id, oauthTokens: true })) ?? null,
    events: (
      await all(
        client.systemLogApi.listLogEvents({
          until: new Date(Date.now() + 60_000).toISOString(),
          filter: `target.id eq "${user.id}"`,
        }),
      )
    ).map(({ eventType }) => eventType),
  };
}

async function failure(call) {
  try {
    await call();
    return 'it worked';
  } catch (error) {
    return `${error.status} ${error.errorCode ?? error.message}`;
  }
}

async function main() {
  const service = (scopes) => new Client({ orgUrl, authorizationMode: 'PrivateKey', clientId, privateKey, scopes });
  const reader = service(['okta.groups.read']);
  const result = {
    administrator: await administrate(new Client({ orgUrl, token })),
    readByServiceApp: (await all(reader.groupApi.listGroups())).map(nameOf),
    writeWithReadScope: await failure(() => reader.groupApi.createGroup({ group: { profile: { name: 'x' } } })),
    otherScope: await failure(() => reader.userApi.getUser({ userId: 'cleo@example.com' })),
    wrongToken: await failure(() => new Client({ orgUrl, token: 'wrong' }).userApi.getUser({ userId: 'me' })),
    missing: await failure(() => new Client({ orgUrl, token }).groupApi.getGroup({ groupId: '00gmissing' })),
  };
  process.stdout.write(JSON.stringify(result));
}

main().catch((error) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});

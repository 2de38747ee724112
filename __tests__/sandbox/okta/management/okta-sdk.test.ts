import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ManagementTestWorld } from './management-world';

const CLIENT = join(__dirname, 'okta-sdk-client.cjs');

describe("Okta's own library", () => {
  let folder = '';

  afterEach(() => rmSync(folder, { recursive: true }));

  test('administrates the local Okta, with an API token and as a service app', async () => {
    const world = await ManagementTestWorld.start();
    folder = mkdtempSync(join(tmpdir(), 'okta-sdk-'));
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, world.issuer.caPem);
    const { url, apiToken } = world.management;
    const { serviceApp } = world.management.credentials({ scopes: ['okta.groups.read'] });

    const { stdout } = await promisify(execFile)(process.execPath, [CLIENT], {
      // The library reads a configuration of the home directory.
      env: {
        ...{ ORG_URL: url, API_TOKEN: apiToken, CLIENT_ID: serviceApp.clientId, PRIVATE_KEY: serviceApp.privateKey },
        ...{ NODE_EXTRA_CA_CERTS: ca, HOME: folder },
      },
    });

    expect(JSON.parse(stdout)).toEqual({
      administrator: {
        groupsInPagesOfOne: ['Everyone', 'eks-admins', 'eks-sdk'],
        members: ['cleo@example.com'],
        groupsOfUser: ['Everyone', 'eks-sdk'],
        found: ['cleo@example.com'],
        appsOfGroup: ['SDK'],
        issuer: expect.stringMatching(/^https:\/\/localhost:\d+\/oauth2\/aus/),
        suspended: 'SUSPENDED',
        sessionsEnded: null,
        events: [
          'user.lifecycle.create',
          'user.lifecycle.activate',
          'group.user_membership.add',
          'user.lifecycle.suspend',
          'user.session.clear',
        ],
      },
      readByServiceApp: ['Everyone', 'eks-admins', 'eks-sdk'],
      writeWithReadScope: '403 E0000006',
      otherScope: '403 E0000006',
      wrongToken: '401 E0000011',
      missing: '404 E0000007',
    });
  });
});

import { readFileSync } from 'node:fs';
import { startRealApiServers } from '../../../sandbox/api-server/real';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { createPrivateFolder } from '../../../sandbox/private-folder';
import { startTestIssuer, type TestIssuer } from '../differential/test-issuer';
import { tools } from '../world';
import { client } from './client';
import { furnish, type PlayingField, playingField } from './playing-field';

/** An API server with the controllers of a real control plane, and an issuer whose tokens it accepts. */
export interface RealCluster {
  readonly field: PlayingField;
  readonly issuer: TestIssuer;
  close(): Promise<void>;
}

/** Starts the cluster, and creates what every cluster of EKS or kubeadm has. */
export async function startRealCluster(): Promise<RealCluster> {
  const ca = await createCertificateAuthority();
  const folder = createPrivateFolder(false);
  const issuer = await startTestIssuer(ca);
  const authentication = {
    ...{ issuerUrl: issuer.issuerUrl, clientId: 'client', requiredClaims: {} },
    ...{ usernameClaim: 'email', usernamePrefix: 'okta:', groupsClaim: 'groups', groupsPrefix: 'okta:' },
  };
  const policy = { clusterRoles: [], roles: [], clusterRoleBindings: [], roleBindings: [] };
  const objects = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } }];
  const clusters = [{ key: 'real', authentication, policy, objects, guards: [], iamSessions: [] }];
  const servers = await startRealApiServers({
    ...{ tools: await tools(), folder: folder.path, clusters, ca, controllers: 'all' },
  });
  const server = servers.servers.get('real');
  if (server === undefined) throw new Error('no API server');
  const { users } = JSON.parse(readFileSync(server.adminKubeconfig, 'utf8'));
  const requests = client(server.url, server.caPem);
  const field = playingField(requests, users[0].user.token);
  await furnish(field);
  return {
    ...{ field, issuer },
    async close() {
      requests.close();
      await servers.close();
      await issuer.close();
      folder.remove();
    },
  };
}

import { createAccessEntry } from '../../../../sandbox/aws/eks/access-entries';
import type { AuthenticationMode } from '../../../../sandbox/aws/eks/cluster';
import { Eks } from '../../../../sandbox/aws/eks/eks';
import { iamUser } from '../../../../sandbox/aws/eks/iam-user';

const ACCOUNT = '111122223333';
const CREATOR = `arn:aws:iam::${ACCOUNT}:user/creator`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/on-call/ana@example.com`;

function cluster(authenticationMode: AuthenticationMode, awsAuth?: Record<string, string>) {
  const controlPlane = {
    ...{ endpoint: '', caPem: '', trust: async () => {}, stop: async () => {}, awsAuth: async () => awsAuth },
  };
  const eks = new Eks({ controlPlanes: { start: async () => controlPlane } });
  return eks.adopt({
    ...{ id: 'production', name: 'production', roleArn: 'arn:aws:iam::111122223333:role/eks', controlPlane },
    caller: { arn: CREATOR, account: ACCOUNT, region: 'eu-west-1' },
    accessConfig: { authenticationMode },
  });
}

describe('the user of an IAM principal', () => {
  test('is that of its access entry, with the name of the session', async () => {
    const found = cluster('API');
    createAccessEntry(found, {
      principalArn: `arn:aws:iam::${ACCOUNT}:role/teams/platform/on-call`,
      kubernetesGroups: ['break-glass'],
    });

    expect(await iamUser(found, SESSION)).toMatchObject({
      name: `arn:aws:sts::${ACCOUNT}:assumed-role/on-call/ana-example.com`,
      groups: ['break-glass'],
    });
  });

  test('has the name that its entry gives it', async () => {
    const found = cluster('API');
    createAccessEntry(found, {
      ...{ principalArn: `arn:aws:iam::${ACCOUNT}:role/on-call`, username: 'call:{{SessionNameRaw}}' },
    });

    expect((await iamUser(found, SESSION))?.name).toBe('call:ana@example.com');
  });

  test.each<[AuthenticationMode, string | undefined]>([
    ['CONFIG_MAP', 'from-map:ana-example.com'],
    ['API_AND_CONFIG_MAP', 'from-map:ana-example.com'],
    ['API', undefined],
  ])('with the mode %s is, from aws-auth, %p', async (mode, name) => {
    const mapRoles = `- rolearn: arn:aws:iam::${ACCOUNT}:role/on-call\n  username: from-map:{{SessionName}}\n  groups: [system:masters]\n`;

    const user = await iamUser(cluster(mode, { mapRoles }), SESSION);

    expect(user?.name).toBe(name);
    if (name !== undefined) expect(user?.groups).toEqual(['system:masters']);
  });

  test('is that of its access entry where aws-auth has it too', async () => {
    const mapUsers = `- userarn: ${CREATOR}\n  groups: [from-map]\n`;

    expect((await iamUser(cluster('API_AND_CONFIG_MAP', { mapUsers }), CREATOR))?.groups).toEqual([]);
  });

  test('of the creator is an administrator without a line in aws-auth', async () => {
    expect(await iamUser(cluster('CONFIG_MAP'), CREATOR)).toEqual({
      name: 'kubernetes-admin',
      groups: ['system:masters'],
    });
  });

  test.each<Record<string, string> | undefined>([
    undefined,
    {},
    { mapRoles: '{' },
    { mapRoles: 'text' },
    { mapRoles: '- 1\n- {}\n' },
  ])('does not exist with the aws-auth %j', async (awsAuth) => {
    expect(await iamUser(cluster('CONFIG_MAP', awsAuth), SESSION)).toBeUndefined();
  });
});

import tutorial from '../../examples/tutorial';
import type { RealWorld } from '../../sandbox/real-world';
import type { HeadlessUser } from '../../sandbox/sign-in/kubelogin';
import { BUILD_TIMEOUT, kubelogin, person, realWorld, TIMEOUT } from './world';

const CLUSTER = 'eks-cluster';
const LIST_PODS = ['get', 'pods', '--all-namespaces'];
const ADMIN = 'eks-admins@demo.example';

let world: RealWorld;
let admin: HeadlessUser;

beforeAll(async () => {
  world = await realWorld(tutorial);
  admin = person(world, ADMIN);
}, BUILD_TIMEOUT);

afterAll(() => world?.close());

describe("the tutorial's own checks", () => {
  test(
    'setup: the token contains the e-mail address and the group',
    async () => {
      const { code, output } = await kubelogin(admin, CLUSTER, (argument) => {
        if (argument === 'get-token') return 'setup';
        return /--token-cache|--authentication-timeout/.test(argument) ? undefined : argument;
      });

      expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining(`"email": "${ADMIN}"`) });
      expect(output).toMatch(/"groups": \[\s*"eks-admins"\s*\]/);
    },
    TIMEOUT,
  );

  test(
    'list the pods of all namespaces as admin; leave the group, delete the token, denied; join again, allowed',
    async () => {
      expect(await admin.kubectl(CLUSTER, LIST_PODS)).toMatchObject({ code: 0, stderr: 'No resources found\n' });

      world.organization.removeMember('eks-admins', ADMIN);
      // The cached token is still valid: this is the worst case that the reports state.
      expect((await admin.kubectl(CLUSTER, LIST_PODS)).code).toBe(0);

      admin.forgetTokens();
      const denied = await admin.kubectl(CLUSTER, LIST_PODS);
      expect(denied.code).toBe(1);
      expect(denied.stderr).toContain(
        `Error from server (Forbidden): pods is forbidden: User "${ADMIN}" cannot list resource`,
      );

      world.organization.addMember('eks-admins', ADMIN);
      admin.forgetTokens();
      expect(await admin.kubectl(CLUSTER, LIST_PODS)).toMatchObject({ code: 0, stderr: 'No resources found\n' });
    },
    TIMEOUT,
  );

  test(
    'everyone is assigned, so a person in no group can sign in but may do nothing (403)',
    async () => {
      const { code, stderr } = await person(world, 'nobody@demo.example').kubectl(CLUSTER, LIST_PODS);

      expect(code).toBe(1);
      expect(stderr).toContain('Error from server (Forbidden)');
    },
    TIMEOUT,
  );
});

import { readAccess } from '../../model';
import type { RealWorld } from '../../sandbox/real-world';
import { DAY } from '../day';
import { BUILD_TIMEOUT, person, realWorld, TIMEOUT } from './world';

const access = readAccess(
  {
    okta: { orgName: 'example' },
    groups: { 'eks-admins': {}, 'eks-viewers': {} },
    clusterDefaults: { app: 'Shared' },
    clusters: {
      one: { kind: 'existing-eks', region: 'eu-west-1' },
      two: { kind: 'existing-eks', region: 'eu-west-1' },
    },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-viewers', role: 'view', clusters: ['one'] },
    ],
  },
  DAY,
);
const LIST = ['get', 'pods', '--all-namespaces'];

let world: RealWorld;

beforeAll(async () => {
  world = await realWorld(access);
}, BUILD_TIMEOUT);

afterAll(() => world?.close());

describe('two clusters with one app', () => {
  test(
    'accept the same token, and have their own RBAC',
    async () => {
      const viewer = person(world, 'eks-viewers@demo.example');

      expect((await viewer.kubectl('one', LIST)).code).toBe(0);
      expect((await viewer.kubectl('two', LIST)).stderr).toContain('Forbidden');
      expect(await viewer.idToken('two')).toBe(await viewer.idToken('one'));
    },
    TIMEOUT,
  );

  test(
    'can be used by two people at the same time',
    async () => {
      const people = ['eks-admins', 'eks-viewers'].map((group) => person(world, `${group}@demo.example`));

      const results = await Promise.all(people.map((each) => each.kubectl('one', LIST)));

      expect(results.map(({ code }) => code)).toEqual([0, 0]);
    },
    TIMEOUT,
  );
});

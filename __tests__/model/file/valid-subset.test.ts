import { settingsOf } from '../../../model/derived/access';
import { accessSchema } from '../../../model/file/schema';
import { grantAt, validSubset } from '../../../model/file/valid-subset';
import { accessWith, SMALLEST } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const PLACED = { ...ADMINS, accept: {}, path: 'grants[0]' };

const subsetOf = (file: unknown) => validSubset(file, accessSchema.safeParse(file).error?.issues ?? []);
const subsetWith = (changes: Record<string, unknown>) => subsetOf({ ...SMALLEST, ...changes });

describe('validSubset', () => {
  test('is the whole of a valid file', () => {
    const valid = subsetOf(SMALLEST);

    expect(valid?.grants).toEqual([PLACED]);
    expect([...(valid?.invalid ?? [])]).toEqual([]);
    expect(valid?.parsed.clusters).toEqual(settingsOf(accessWith()).clusters);
  });

  test.each([[null], [[]], ['x'], [undefined]])('is undefined for %j', (file) => {
    expect(subsetOf(file)).toBeUndefined();
  });

  test('removes an invalid value, and keeps those next to it', () => {
    const valid = subsetWith({
      clusters: { prod: { ...EKS, version: 1.35, tags: { a: 1, b: 'c' } } },
      tags: { x: 'y' },
    });

    expect(valid?.parsed.clusters.prod).toMatchObject({ region: 'eu-west-1', tags: { b: 'c' } });
    expect(valid?.parsed.clusters.prod).not.toHaveProperty('version');
    expect(valid?.parsed.tags).toEqual({ x: 'y' });
    expect([...(valid?.invalid ?? [])]).toEqual(['clusters']);
  });

  test('removes an unknown key, and counts the key that it is a typo of as invalid', () => {
    const valid = subsetWith({ groupClaim: {}, zzzzzzzz: 1 });

    expect(valid?.parsed).not.toHaveProperty('groupClaim');
    expect([...(valid?.invalid ?? [])]).toEqual(['groupsClaim', 'zzzzzzzz']);
  });

  test('removes a cluster without a required value', () => {
    const valid = subsetWith({ clusters: { prod: EKS, test: { kind: 'eks' }, other: null } });

    expect(Object.keys(valid?.parsed.clusters ?? {})).toEqual(['prod']);
  });

  test('removes a whole list, so that no item moves', () => {
    const valid = subsetWith({ clusters: { prod: { ...EKS, logs: ['api', 'x', 'audit'] } } });

    expect(valid?.parsed.clusters.prod).toMatchObject({ logs: ['api', 'audit', 'authenticator'] });
  });

  test.each(['okta', 'groups', 'clusters'])('has a placeholder for %s, which is required', (key) => {
    const valid = subsetWith({ [key]: 5 });

    expect(Object.keys(valid?.parsed[key as 'okta'] ?? {}).length).toBeGreaterThan(0);
    expect([...(valid?.invalid ?? [])]).toEqual([key]);
  });

  test('keeps the valid grants, each with its place', () => {
    const valid = subsetWith({ grants: [5, ADMINS, { ...ADMINS, role: 5 }] });

    expect(valid?.grants).toEqual([{ ...PLACED, path: 'grants[1]' }]);
    expect([...(valid?.invalid ?? [])]).toEqual(['grants']);
  });

  test.each([[undefined], [5], [[5]]])('has no grants for %j, and counts them as invalid', (grants) => {
    const valid = subsetWith({ grants });

    expect(valid?.grants).toEqual([]);
    expect(valid?.invalid.has('grants')).toBe(true);
  });

  test('has no grants for an empty list, which is valid', () => {
    const valid = subsetWith({ grants: [], tags: 5 });

    expect(valid?.grants).toEqual([]);
    expect([...(valid?.invalid ?? [])]).toEqual(['tags']);
  });

  test('does not change the file', () => {
    const file = { ...SMALLEST, clusters: { prod: { ...EKS, version: 1.35, logs: ['x'] } } };
    const copy = structuredClone(file);

    subsetOf(file);

    expect(file).toEqual(copy);
  });
});

describe('grantAt', () => {
  test('adds its place in the file', () => {
    const { path: _, ...grant } = accessWith().grants[0] as NonNullable<ReturnType<typeof accessWith>['grants'][0]>;

    expect(grantAt(grant as Parameters<typeof grantAt>[0], 2).path).toBe('grants[2]');
  });
});

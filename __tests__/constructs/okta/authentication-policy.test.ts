import { TerraformOutput } from 'cdktf';
import { AuthenticationPolicy } from '../../../constructs/okta/authentication-policy';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const VISIBLE = 'without control characters, and without white space at the start or end';
const aPolicy = (props: object = {}) =>
  synthesizedConstructs((stack) => new AuthenticationPolicy(stack, 'Policy', { name: 'kubectl', ...props }));

describe('AuthenticationPolicy', () => {
  test('denies everyone who does not meet its rule', () => {
    const stack = aPolicy();

    expect(theResource(stack, 'okta_app_signon_policy')).toEqual({
      name: 'kubectl',
      description: 'kubectl',
      catch_all: false,
    });
  });

  test('lets people in with two factors, from anywhere', () => {
    const stack = aPolicy();

    expect(theResource(stack, 'okta_app_signon_policy_rule')).toEqual({
      policy_id: `\${${theAddress(stack, 'okta_app_signon_policy')}.id}`,
      name: 'Sign-in',
      access: 'ALLOW',
      factor_mode: '2FA',
      inactivity_period: 'PT1H',
    });
    expect(Object.keys(stack.resource ?? {})).toEqual(['okta_app_signon_policy', 'okta_app_signon_policy_rule']);
    expect(stack.data).toBeUndefined();
  });

  test('lets people in with one factor where that is enough', () => {
    const rule = theResource(aPolicy({ requireMfa: false }), 'okta_app_signon_policy_rule');

    expect(rule.factor_mode).toBe('1FA');
  });

  test.each([
    ['in order', ['Office', 'VPN']],
    ['in reverse', ['VPN', 'Office']],
    ['twice', ['VPN', 'Office', 'VPN']],
  ])('lets people in from its zones alone, sorted where they are given %s', (_case, networkZones) => {
    const stack = aPolicy({ networkZones: Object.freeze(networkZones) });

    const zones = Object.entries(stack.data?.okta_network_zone ?? {});
    expect(zones.map(([, { name }]) => name)).toEqual(['Office', 'VPN']);
    expect(theResource(stack, 'okta_app_signon_policy_rule')).toEqual({
      policy_id: `\${${theAddress(stack, 'okta_app_signon_policy')}.id}`,
      name: 'Sign-in',
      access: 'ALLOW',
      factor_mode: '2FA',
      inactivity_period: 'PT1H',
      network_connection: 'ZONE',
      network_includes: zones.map(([id]) => `\${data.okta_network_zone.${id}.id}`),
    });
  });

  test('distinguishes zones that differ only in how an id writes a slash', () => {
    const stack = aPolicy({ networkZones: ['a/b', 'a--b'] });

    expect(Object.values(stack.data?.okta_network_zone ?? {}).map(({ name }) => name)).toEqual(['a--b', 'a/b']);
  });

  test('gives its id, and the rule that has to exist before an app uses it', () => {
    const dependables: string[] = [];
    const stack = synthesizedConstructs((scope) => {
      const policy = new AuthenticationPolicy(scope, 'Policy', { name: 'kubectl' });
      new TerraformOutput(scope, 'policy', { value: policy.policyId });
      dependables.push(...policy.dependables.map((one) => `${one.terraformResourceType}.${one.friendlyUniqueId}`));
    });

    expect(stack.output?.policy?.value).toBe(`\${${theAddress(stack, 'okta_app_signon_policy')}.id}`);
    expect(dependables).toEqual([theAddress(stack, 'okta_app_signon_policy_rule')]);
  });

  test('fails with an empty list of zones, from which nobody could sign in', () => {
    expect(() => aPolicy({ networkZones: [] })).toThrow(
      constructError(
        'test/Policy',
        'With an empty list of network zones, nobody could sign in.',
        'Given: no zones.',
        'Allowed: at least one zone.',
        'Fix: Omit networkZones to allow any network.',
      ),
    );
  });

  test.each([
    ['', "'', 0 characters", 'Use only the allowed characters.'],
    ['x'.repeat(129), `'${'x'.repeat(77)}...', 129 characters`, 'Shorten it by 1.'],
  ])('fails with the zone %j', (zone, given, fix) => {
    expect(() => aPolicy({ networkZones: [zone] })).toThrow(
      constructError(
        'test/Policy',
        'This is not a valid name for an Okta network zone.',
        `Given: ${given}.`,
        `Allowed: 1 to 128 characters, ${VISIBLE}.`,
        `Fix: ${fix}`,
      ),
    );
  });

  test('fails where the name has 51 characters', () => {
    expect(() => aPolicy({ name: 'x'.repeat(51) })).toThrow(
      constructError(
        'test/Policy',
        'This is not a valid name for an Okta authentication policy.',
        `Given: '${'x'.repeat(51)}', 51 characters.`,
        `Allowed: 1 to 50 characters, ${VISIBLE}.`,
        'Fix: Shorten it by 1.',
      ),
    );
  });
});

describe('AuthenticationPolicy.fromId', () => {
  test('is the policy of that id, with nothing to wait for', () => {
    expect(AuthenticationPolicy.fromId('rst1')).toEqual({ policyId: 'rst1', dependables: [] });
  });
});

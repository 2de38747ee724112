import fc from 'fast-check';
import { parse } from 'yaml';
import type { AuthenticationConfig } from '../../../authentication/authentication-config';
import { AUTHENTICATION_TARGETS } from '../../../sign-in/api-server-flags';
import { flagText, oidcFlags } from '../../../sign-in/api-server-flags/api-server-flag';
import { argumentsOf, type FlagTarget } from './arguments-of';
import { CONFIG, clusterWith } from './cluster-with';

const LAB = clusterWith();
const FLAG_TARGETS = Object.keys(AUTHENTICATION_TARGETS).filter(
  (target): target is FlagTarget => !target.startsWith('authentication-config'),
);

/** Texts that shells, YAML, containers, or k3d read otherwise than they are written. */
const AWKWARD = [
  ...['yes', 'n', 'null', '~', '0x1f', '0o17', '1e3', '1:30', '.5', '-1', '2001-01-01', '<<', '=', 'true'],
  ...["it's", '"', '$HOME', '$(id)', '$$(id)', '`id`', '$$', 'a b', '#', 'a: b', '- a', '[a', '{a', '*', '!a', '&a'],
  ...['a@b', '@', '@server:0', 'a,b', ';', 'a\nb', '%s', 'é', '😀', "'"],
];
const text = fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ minLength: 1, unit: 'grapheme' }));
const configs: fc.Arbitrary<AuthenticationConfig> = fc.record({
  issuerUrl: fc.constant(CONFIG.issuerUrl),
  clientId: fc.constant(CONFIG.clientId),
  usernameClaim: text,
  usernamePrefix: fc.oneof(fc.constant(''), text),
  groupsClaim: text,
  groupsPrefix: fc.oneof(fc.constant(''), text),
  requiredClaims: fc.dictionary(text, text, { maxKeys: 3 }),
});

/** What a call returns, or the message of its error. */
function resultOf(call: () => string): { readonly text: string } | { readonly refused: string } {
  try {
    return { text: call() };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

describe('the output of a target', () => {
  test.each(FLAG_TARGETS)('%s becomes the flags, whatever the values are, or is refused', (target) => {
    let printed = 0;
    fc.assert(
      fc.property(configs, (config) => {
        const result = resultOf(() => AUTHENTICATION_TARGETS[target](config, LAB));
        if ('refused' in result) {
          expect(result.refused).toMatch(/ Given: .* Allowed: .* Fix: /s);
          return;
        }
        printed += 1;
        expect(argumentsOf(target, result.text)).toEqual(oidcFlags(config).map((flag) => `--${flagText(flag)}`));
      }),
      // Each run of k3d starts a shell.
      { numRuns: target === 'k3d' ? 60 : 120, seed: 15 },
    );
    expect(printed).toBeGreaterThan(20);
  });

  test.each(['authentication-config', 'authentication-config-v1beta1'] as const)(
    '%s says the same in YAML 1.1 and 1.2, whatever the values are',
    (target) => {
      fc.assert(
        fc.property(configs, (config) => {
          const printed = AUTHENTICATION_TARGETS[target](config, LAB);

          const [old, now] = [parse(printed, { version: '1.1' }), parse(printed, { version: '1.2' })];
          expect(old).toEqual(now);
          expect(old.jwt[0].claimMappings).toEqual({
            username: { claim: config.usernameClaim, prefix: config.usernamePrefix },
            groups: { claim: config.groupsClaim, prefix: config.groupsPrefix },
          });
          const rules = (old.jwt[0].claimValidationRules ?? []) as { claim: string; requiredValue: string }[];
          expect(Object.fromEntries(rules.map(({ claim, requiredValue }) => [claim, requiredValue]))).toEqual(
            config.requiredClaims,
          );
        }),
        { numRuns: 120, seed: 15 },
      );
    },
  );
});

describe('the flags', () => {
  test('have - for no prefix of user names, and no prefix of groups', () => {
    expect(oidcFlags({ ...CONFIG, usernamePrefix: '', groupsPrefix: '', requiredClaims: {} }).map(flagText)).toEqual([
      'oidc-issuer-url=https://dev-123456.okta.com/oauth2/aus1abcd',
      'oidc-client-id=0oa1abcd',
      'oidc-username-claim=email',
      'oidc-username-prefix=-',
      'oidc-groups-claim=groups',
    ]);
  });

  test('have one flag for each required claim, sorted', () => {
    const flags = oidcFlags({ ...CONFIG, requiredClaims: { tenant: 'a,b', area: 'x=y', empty: '' } });

    expect(flags.map(flagText).filter((flag) => flag.startsWith('oidc-required-claim'))).toEqual([
      'oidc-required-claim=area=x=y',
      'oidc-required-claim=empty=',
      'oidc-required-claim=tenant=a,b',
    ]);
  });

  // Set in component-base/cli/flag/map_string_string.go splits at the first =, and trims both parts.
  test('fail for every required claim that they cannot express', () => {
    expect(() =>
      oidcFlags({ ...CONFIG, requiredClaims: { 'a=b': 'c', tenant: ' x', ' area': 'y', good: 'a b' } }),
    ).toThrow(
      new Error(
        [
          "The flag --oidc-required-claim cannot express this required claim. Given: ' area' with the text 'y'.",
          "The flag --oidc-required-claim cannot express this required claim. Given: 'a=b' with the text 'c'.",
          "The flag --oidc-required-claim cannot express this required claim. Given: 'tenant' with the text ' x'.",
        ]
          .map(
            (line) =>
              `${line} Allowed: a claim without =, and no space at the start or end of the claim and of its text. Fix: Use --target authentication-config.`,
          )
          .join('\n'),
      ),
    );
  });
});

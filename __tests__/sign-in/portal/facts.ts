import type { LiveFact, LiveFacts } from '../../../live/facts/live-facts';
import type { Access } from '../../../model';

/** Facts about nothing, as before the first deployment. */
export const NO_FACTS: LiveFacts = { clientIds: new Map(), endpoints: new Map(), certificateAuthorities: new Map() };

/** Facts about every app and cluster of a file. */
export function allFacts({ apps, clusters }: Access): LiveFacts {
  const keys = Object.keys(clusters);
  const map = (names: readonly string[], toValue: (name: string, at: number) => string) =>
    new Map(names.map((name, at): [string, LiveFact] => [name, { value: toValue(name, at), source: 'a test' }]));
  return {
    issuerUrl: { value: 'https://example.okta.com/oauth2/aus1', source: 'a test' },
    clientIds: map(
      apps.map(({ name }) => name),
      (_, at) => `0oa${at}`,
    ),
    endpoints: map(keys, (_, at) => `https://${at}.gr7.eu-west-1.eks.amazonaws.com`),
    certificateAuthorities: map(keys, (key) => Buffer.from(`certificate of ${key}`).toString('base64')),
  };
}

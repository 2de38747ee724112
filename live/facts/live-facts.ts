/** A value that only the live world knows. */
export interface LiveFact {
  readonly value: string;
  /** Where it comes from, such as `--issuer`, or `outputs.json`. */
  readonly source: string;
}

/** What the access file cannot say because Okta or AWS assigns it. A missing fact is not known yet. */
export interface LiveFacts {
  readonly issuerUrl?: LiveFact;
  /** Client IDs by the name of the app. */
  readonly clientIds: ReadonlyMap<string, LiveFact>;
  /** URLs of the API servers by the key of the cluster. */
  readonly endpoints: ReadonlyMap<string, LiveFact>;
  /** Certificate authorities of the API servers, PEM in base64, by the key of the cluster. */
  readonly certificateAuthorities: ReadonlyMap<string, LiveFact>;
}

/** Facts of several sources; where two know the same fact, the first one is right. */
export function combinedFacts(sources: readonly LiveFacts[]): LiveFacts {
  const combined = (factsOf: (source: LiveFacts) => ReadonlyMap<string, LiveFact>) =>
    new Map([...sources].reverse().flatMap((source) => [...factsOf(source)]));
  const issuerUrl = sources.find((source) => source.issuerUrl !== undefined)?.issuerUrl;
  return {
    ...(issuerUrl !== undefined && { issuerUrl }),
    clientIds: combined(({ clientIds }) => clientIds),
    endpoints: combined(({ endpoints }) => endpoints),
    certificateAuthorities: combined(({ certificateAuthorities }) => certificateAuthorities),
  };
}

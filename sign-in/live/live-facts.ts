/** A value that only the live world knows. */
export interface LiveFact {
  readonly value: string;
  /** Where it comes from, such as `--issuer` or `okta.json, output issuer_url`. */
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

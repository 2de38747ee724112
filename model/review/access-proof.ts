/** What users may do after they sign in, compared with the access file. */
export interface AccessProof {
  readonly people: number;
  /** Clusters that were asked, each one for all clusters with the same access. */
  readonly profiles: number;
  readonly signIns: number;
  readonly questions: number;
  readonly rows: readonly ProofRow[];
  readonly differences: readonly ProofDifference[];
  /** Claims that the proof added to ID tokens, because the access file requires them and no stack creates them. */
  readonly assumedClaims: readonly string[];
  /** What the local Okta cannot do, in sentences: group rules that it does not understand, second factors, network zones. */
  readonly notProved: readonly string[];
  /** What was left out to keep the proof short. */
  readonly leftOut: { readonly people: number; readonly profiles: number; readonly namespaces: number };
}

/** One user on one cluster. */
export interface ProofRow {
  readonly login: string;
  /** The user's groups that are in the access file. */
  readonly groups: readonly string[];
  /** Key of the cluster. */
  readonly cluster: string;
  /** How many other clusters have the same access. */
  readonly others: number;
  /** Why the user was refused before any question; null if they were not. */
  readonly refusal: string | null;
  readonly answers: readonly ProofAnswer[];
}

/** Whether a user may do something. */
export interface ProofAnswer {
  /** The action in words, such as `read logs`. */
  readonly words: string;
  /** The namespace; null for the whole cluster. */
  readonly namespace: string | null;
  readonly allowed: boolean;
  /** The guard that refuses it all the same; undefined if none does. */
  readonly guard?: string;
}

/** An answer that differs from the access file, or a part of the access that only the file or only the stacks have. */
export interface ProofDifference {
  /** Who got the answer; null for a part of the stacks. */
  readonly login: string | null;
  /** Key of the cluster; null for a part in Okta. */
  readonly cluster: string | null;
  readonly question: string;
  readonly expected: string;
  readonly given: string;
}

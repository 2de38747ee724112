import * as z from 'zod';

/**
 * What a kubeconfig is built from, and all that it is built from. It comes from an access file with live facts, or from a
 * published portal, which may be false: so it has no command, no argument, and no path.
 */
export type SignInData = z.output<typeof signInData>;

/** An app to sign in to. */
export type AppData = SignInData['apps'][number];

/** A cluster to sign in to. */
export type ClusterData = SignInData['clusters'][number];

/** Every key is required or has a stated absence, so that a typing error is not an absence. */
const text = z.string().min(1).max(1000);
const httpsUrl = z.url({ protocol: /^https$/ }).max(1000);

const app = z.strictObject({
  /** Name of the Okta app. */
  name: text,
  clientId: z.string().regex(/^[\w.~-]{1,200}$/, 'a client ID, such as 0oa1bcd2EFGH3ijkl4x7'),
  /** Scopes of the sign-in besides `openid`. */
  scopes: z.array(z.string().regex(/^[\w.:-]{1,100}$/, 'a scope, such as email')),
  /** Ports of `localhost` to which Okta may send a person back. */
  redirectPorts: z.array(z.int().min(1).max(65_535)).min(1),
  /** Whether the app allows a sign-in without a browser on the same machine. */
  deviceCode: z.boolean(),
});

const cluster = z.strictObject({
  /** Key in the access file. */
  key: text,
  /** Name of the app that the cluster trusts. */
  app: text,
  /** URL of the API server. */
  endpoint: httpsUrl,
  /** Certificate authority of the API server, PEM in base64. Null if a public one has signed its certificate. */
  certificateAuthority: z.base64().max(100_000).nullable(),
});

export const signInData = z.strictObject({
  /** The exact issuer of the ID tokens. */
  issuerUrl: httpsUrl,
  apps: z.array(app),
  clusters: z.array(cluster),
});

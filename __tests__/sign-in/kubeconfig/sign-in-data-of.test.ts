import type { LiveFacts } from '../../../live/facts/live-facts';
import { readAccess } from '../../../model';
import { signInDataOf } from '../../../sign-in/kubeconfig/sign-in-data-of';
import { signInData } from '../../../sign-in/sign-in-data';
import { DAY } from '../../day';
import { CA_BASE64 } from '../certificate';

const ACCESS = readAccess(
  {
    okta: { orgName: 'example' },
    groups: { 'eks-admins': {} },
    clusters: {
      prod: { kind: 'existing-eks', region: 'eu-west-1', app: 'EKS' },
      stage: { kind: 'existing-eks', region: 'eu-west-1', app: 'EKS' },
      home: { kind: 'self-managed', kubeconfigContext: 'home' },
    },
    signIn: { refresh: {}, deviceCode: true, redirectPorts: [9000] },
    grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
  },
  DAY,
);

const fact = (value: string) => ({ value, source: 'test' });
const FACTS: LiveFacts = {
  issuerUrl: fact('https://example.okta.com/oauth2/aus1'),
  clientIds: new Map([['EKS', fact('0oa1')]]),
  endpoints: new Map([
    ['prod', fact('https://prod.example')],
    ['home', fact('https://home.example')],
  ]),
  certificateAuthorities: new Map([['prod', fact(CA_BASE64)]]),
};
const KEYS = Object.keys(ACCESS.clusters);

describe('what a kubeconfig is built from', () => {
  test('is what is known, with the scopes, ports, and device code of the access file', () => {
    const { data, leftOut } = signInDataOf(ACCESS, { facts: FACTS, keys: KEYS, named: false });

    expect(signInData.parse(data)).toEqual({
      issuerUrl: 'https://example.okta.com/oauth2/aus1',
      apps: [
        {
          ...{ name: 'EKS', clientId: '0oa1', redirectPorts: [9000], deviceCode: true },
          scopes: ['email', 'offline_access'],
        },
      ],
      clusters: [{ key: 'prod', app: 'EKS', endpoint: 'https://prod.example', certificateAuthority: CA_BASE64 }],
    });
    expect(leftOut).toEqual([
      { key: 'stage', missing: ['endpoint', 'certificate authority'] },
      { key: 'home', missing: ['client ID of the app home', 'certificate authority'] },
    ]);
  });

  test('fails for a named cluster about which something is not known, with every way to give it', () => {
    expect(() => signInDataOf(ACCESS, { facts: FACTS, keys: ['prod', 'stage'], named: true })).toThrow(
      `What only Okta and AWS know is missing:
  stage: endpoint, certificate authority
Give it with --endpoint 'stage=URL' --certificate-authority 'stage=FILE', or with --outputs FILE (outputs of the stacks), or ask AWS with --aws.`,
    );
  });

  test('fails if nothing is known, with the reason of AWS', () => {
    const facts = { clientIds: new Map(), endpoints: new Map(), certificateAuthorities: new Map() };
    const unanswered = new Map([['home', 'AWS does not know it.']]);

    expect(() => signInDataOf(ACCESS, { facts, unanswered, keys: ['home'], named: false })).toThrow(
      `What only Okta and AWS know is missing:
  home: issuer, client ID of the app home, endpoint, certificate authority. AWS does not know it.
Give it with --issuer URL --client-id 'home=ID' --endpoint 'home=URL' --certificate-authority 'home=FILE', or with --outputs FILE (outputs of the stacks).`,
    );
  });
});

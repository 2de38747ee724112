import type { AccessProof, ProofRow } from '../../model/review/access-proof';
import { differencesText, proofText } from '../../report/proof-text';

const ROW: ProofRow = {
  login: 'eks-admins@demo.example',
  groups: ['eks-admins'],
  cluster: 'prod',
  others: 0,
  refusal: null,
  answers: [
    { words: 'see pods', namespace: null, allowed: true },
    { words: 'exec', namespace: null, allowed: true },
  ],
};
const REFUSED: ProofRow = {
  ...ROW,
  login: 'nobody@demo.example',
  groups: [],
  refusal: 'sign in: User is not assigned to the client application.',
  answers: [],
};
const PROOF: AccessProof = {
  people: 2,
  profiles: 1,
  signIns: 1,
  questions: 28,
  rows: [ROW, REFUSED],
  differences: [],
  assumedClaims: [],
  notProved: [],
  leftOut: { people: 0, profiles: 0, namespaces: 0 },
};
const DIFFERENCE = {
  login: 'eks-a@demo.example',
  cluster: 'prod',
  question: 'get secrets in namespace shop',
  expected: 'denied',
  given: 'allowed: by oidc-view',
};

/** The cells of a row about these answers: may, may not. */
function cells(answers: readonly [string, string | null, boolean][]): readonly string[] {
  const row = { ...ROW, answers: answers.map(([words, namespace, allowed]) => ({ words, namespace, allowed })) };
  return (proofText({ ...PROOF, rows: [row] }).split('\n')[2] ?? '').trim().split(/ {2,}/).slice(2);
}

describe('the text of a proof', () => {
  test('shows who may do what, who was refused, and when a removal takes effect', () => {
    expect(
      proofText(PROOF),
    ).toBe(`Proof: 2 people on 1 cluster, signed in to a local Okta that was set up from these stacks
  person                             cluster  may         may not
  eks-admins@demo.example            prod     everything
  nobody@demo.example (in no group)  prod     nothing     sign in: User is not assigned to the client application.
  1 sign-in, 28 questions: every answer matches the access file
  A user who is removed in Okta loses access within 60 minutes, when their last ID token expires. Sessions that are open then (exec, attach, port-forward, watch) continue until they are closed.
`);
  });

  test('lists people in no group apart from others with the same answers', () => {
    const alike = ['a', 'b', 'c'].map((login) => ({ ...REFUSED, login, groups: ['eks-a'] }));

    expect(
      proofText({ ...PROOF, rows: [...alike, REFUSED] })
        .split('\n')
        .slice(2, 4),
    ).toEqual([
      expect.stringMatching(/^ {2}a and 2 more {2,}prod/),
      expect.stringMatching(/^ {2}nobody@demo.example \(in no group\) {2}prod/),
    ]);
  });

  test('lists an action on the whole cluster only once', () => {
    expect(
      cells([
        ['see pods', null, true],
        ['see pods', 'shop', true],
        ['exec', null, false],
        ['exec', 'shop', true],
        ['deploy', 'shop', false],
        ['deploy', 'pay', true],
        ['see nodes', null, false],
      ]),
    ).toEqual(['see pods; exec in shop; deploy in pay', 'see nodes']);
  });

  test('marks what a guard refuses, on the whole cluster and in namespaces', () => {
    const answers = [
      { words: 'see pods', namespace: null, allowed: true },
      { words: 'exec', namespace: null, allowed: true },
      { words: 'delete secrets', namespace: null, allowed: true, guard: 'secretDeletion' },
      { words: 'exec', namespace: 'shop', allowed: true, guard: 'namespaces.shop' },
      { words: 'delete secrets', namespace: 'shop', allowed: true, guard: 'secretDeletion' },
    ];
    const may = (more: readonly (typeof answers)[number][]) =>
      (proofText({ ...PROOF, rows: [{ ...ROW, answers: [...answers, ...more] }] }).split('\n')[2] ?? '').split(/ {2,}/);

    expect(may([])).toContain('everything; a guard refuses delete secrets; exec in shop');
    expect(may([{ words: 'see nodes', namespace: null, allowed: false }])).toContain(
      'see pods, exec; a guard refuses delete secrets; exec in shop',
    );
  });

  test('says when a person may do nothing', () => {
    expect(cells([['see pods', null, false]])).toEqual(['nothing', 'anything']);
  });

  test('counts other clusters with the same access', () => {
    expect(proofText({ ...PROOF, rows: [{ ...ROW, others: 39 }] })).toContain('  prod and 39 like it  everything\n');
  });

  test('has one row for people with the same answers', () => {
    const rows = ['a', 'b', 'c'].map((login) => ({ ...ROW, login }));

    expect(proofText({ ...PROOF, rows })).toContain('\n  a and 2 more  prod     everything\n');
    expect(proofText({ ...PROOF, rows: rows.slice(1) })).toContain('\n  b and c  prod     everything\n');
  });

  test('joins namespaces with the same actions', () => {
    expect(
      cells([
        ['exec', 'pay', true],
        ['exec', 'shop', true],
        ['exec', 'kube-system', false],
        ['deploy', 'pay', false],
      ]),
    ).toEqual(['exec in pay and shop', 'deploy']);
  });

  test('shortens a long list of denied actions', () => {
    const no = (words: string): [string, null, boolean] => [words, null, false];

    expect(cells([['see pods', null, true], no('b'), no('c'), no('d'), no('e'), no('f')])[1]).toBe('b, c, d, e and f');
    expect(cells([['see pods', null, true], no('b'), no('c'), no('d'), no('e'), no('f'), no('g')])[1]).toBe(
      'b, c, d, e and 2 more',
    );
  });

  test('cuts a long table', () => {
    const text = proofText({
      ...PROOF,
      rows: Array.from({ length: 22 }, (_, index) => ({ ...ROW, cluster: `prod-${index}` })),
    });

    expect(text.match(/ prod-/g)).toHaveLength(20);
    expect(text).toContain('\n  and 2 more\n');
  });

  test('says what was left out', () => {
    const text = proofText({ ...PROOF, leftOut: { people: 1, profiles: 2, namespaces: 3 } });

    expect(text).toContain('\n  Left out to save time: 1 person, 2 clusters with other access and 3 namespaces.\n');
    expect(proofText(PROOF)).not.toContain('Left out');
  });

  test('names the claims that it assumes', () => {
    expect(proofText({ ...PROOF, assumedClaims: ['tenant', 'level'] })).toContain(
      '\n  Assumed: Okta puts tenant and level into ID tokens. The stacks do not set this up.\n',
    );
    expect(proofText(PROOF)).not.toContain('Assumed');
  });

  test('says what it does not prove', () => {
    expect(proofText({ ...PROOF, notProved: ['The local Okta does not ask for a second factor.'] })).toContain(
      '\n  Not proved: The local Okta does not ask for a second factor.\n',
    );
    expect(proofText(PROOF)).not.toContain('Not proved');
  });

  test('names the parts that only the file or only the stacks have', () => {
    const part = (cluster: string | null, question: string) => ({
      ...{ login: null, cluster, question, expected: 'in the stacks', given: 'missing in the stacks' },
    });
    const differences = [part(null, "the group 'eks-a'"), part('prod', 'the cluster')];

    expect(differencesText({ differences })).toBe(
      `The stacks do not give the access that the file describes: 2 parts of the stacks differ.

  Okta: the group 'eks-a'
    expected  in the stacks
    given     missing in the stacks

  prod: the cluster
    expected  in the stacks
    given     missing in the stacks
`,
    );
    expect(proofText({ ...PROOF, differences: [DIFFERENCE, part('prod', 'the cluster')] })).toContain(
      '28 questions: 1 answer and 1 part of the stacks differ from the access file\n',
    );
  });

  test('says how many answers differ', () => {
    expect(proofText({ ...PROOF, differences: [DIFFERENCE] })).toContain(
      '28 questions: 1 answer differs from the access file\n',
    );
  });

  test('shows no control characters', () => {
    expect(proofText({ ...PROOF, rows: [{ ...ROW, login: 'a\u001b[2J', refusal: 'b\u001b[2J' }] })).not.toContain(
      '\u001b',
    );
  });
});

describe('the text of differences', () => {
  test('is empty where there are none', () => {
    expect(differencesText(PROOF)).toBe('');
  });

  test('names the person, the cluster, the question and both answers', () => {
    expect(
      differencesText({ differences: [DIFFERENCE] }),
    ).toBe(`The stacks do not give the access that the file describes: 1 answer differs.

  eks-a@demo.example on prod: get secrets in namespace shop
    expected  denied
    given     allowed: by oidc-view
`);
  });

  test('is cut', () => {
    const text = differencesText({ differences: Array.from({ length: 12 }, () => DIFFERENCE) });

    expect(text).toMatch(/: 12 answers differ\.\n/);
    expect(text.match(/expected/g)).toHaveLength(10);
    expect(text).toMatch(/\n\n {2}and 2 more\n$/);
  });
});

import { differencesText, type ProofReport, type ProofReportRow, proofText } from '../../report/proof-text';

const ROW: ProofReportRow = {
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
const REFUSED: ProofReportRow = {
  ...ROW,
  login: 'nobody@demo.example',
  groups: [],
  refusal: 'sign in: User is not assigned to the client application.',
  answers: [],
};
const PROOF: ProofReport = {
  people: 2,
  pictures: 1,
  signIns: 1,
  questions: 28,
  rows: [ROW, REFUSED],
  differences: [],
  claimsMadeElsewhere: [],
  leftOut: { people: 0, pictures: 0, namespaces: 0 },
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
  test('tells who may do what, who is refused, and how long a removal takes', () => {
    expect(proofText(PROOF)).toBe(`Proof: 2 people at 1 cluster, signed in for real at a local Okta made of these stacks
  person                             cluster  may         may not
  eks-admins@demo.example            prod     everything
  nobody@demo.example (in no group)  prod     nothing     sign in: User is not assigned to the client application.
  1 sign-in, 28 questions: every answer is that of the access file
  A user who is removed in Okta loses access within 60 minutes, when their last ID token expires. Sessions that are open then (exec, attach, port-forward, watch) continue until they are closed.
`);
  });

  test('names who is in no group, however many others may do the same', () => {
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

  test('says once what holds on the whole cluster', () => {
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

  test('says where somebody may do nothing', () => {
    expect(cells([['see pods', null, false]])).toEqual(['nothing', 'anything']);
  });

  test('says for how many clusters one stands', () => {
    expect(proofText({ ...PROOF, rows: [{ ...ROW, others: 39 }] })).toContain('  prod and 39 alike  everything\n');
  });

  test('says on one line what is the same for several people', () => {
    const rows = ['a', 'b', 'c'].map((login) => ({ ...ROW, login }));

    expect(proofText({ ...PROOF, rows })).toContain('\n  a and 2 more  prod     everything\n');
    expect(proofText({ ...PROOF, rows: rows.slice(1) })).toContain('\n  b and c  prod     everything\n');
  });

  test('says once what holds in several namespaces', () => {
    expect(
      cells([
        ['exec', 'pay', true],
        ['exec', 'shop', true],
        ['exec', 'kube-system', false],
        ['deploy', 'pay', false],
      ]),
    ).toEqual(['exec in pay and shop', 'deploy']);
  });

  test('says the first of much that somebody may not do', () => {
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

  test('says what was not asked', () => {
    const text = proofText({ ...PROOF, leftOut: { people: 1, pictures: 2, namespaces: 3 } });

    expect(text).toContain('\n  Not asked, to be quick: 1 person, 2 clusters with other access and 3 namespaces.\n');
    expect(proofText(PROOF)).not.toContain('Not asked');
  });

  test('says what is taken for granted', () => {
    expect(proofText({ ...PROOF, claimsMadeElsewhere: ['tenant', 'level'] })).toContain(
      '\n  Taken for granted: Okta puts tenant and level into ID tokens, which these stacks do not make it do.\n',
    );
    expect(proofText(PROOF)).not.toContain('Taken for granted');
  });

  test('says how many answers differ', () => {
    expect(proofText({ ...PROOF, differences: [DIFFERENCE] })).toContain(
      '28 questions: 1 answer not that of the access file\n',
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

  test('names person, cluster, question and both answers', () => {
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

import type { Explanation } from '../../model/review/explain';
import { explanationText } from '../../report/explanation-text';

const EXPLANATION: Explanation = {
  group: 'eks-ops',
  cluster: 'prod',
  namespace: null,
  role: 'reader',
  sensitive: [],
  binding: 'oidc-reader',
  grant: 'grants[0]',
  expires: null,
  allows: [
    { verbs: ['get', 'list'], things: ['pods', 'deployments.apps'] },
    { verbs: ['*'], things: ['widgets.example.com'] },
  ],
  notes: [],
  membership: null,
};
const below = (explanations: readonly Explanation[]) =>
  explanationText(explanations).split('\n\n').slice(1).join('\n\n');

describe('the text of an explanation', () => {
  test('lists verbs and resources of each role below the table', () => {
    expect(explanationText([EXPLANATION])).toBe(
      `GROUP    ROLE    CLUSTER  NAMESPACE      GRANTED BY  UNTIL  BINDING      SENSITIVE
eks-ops  reader  prod     whole cluster  grants[0]          oidc-reader

reader on prod allows:
  get, list: pods, deployments.apps
  any verb: widgets.example.com
`,
    );
  });

  test('lists a role once for clusters on which it is the same, and again where it differs', () => {
    const other = { ...EXPLANATION, cluster: 'lab', allows: [], notes: ['a note'] };

    expect(below([EXPLANATION, { ...EXPLANATION, cluster: 'test', namespace: 'a' }, other])).toBe(
      `reader on prod, test allows:
  get, list: pods, deployments.apps
  any verb: widgets.example.com

reader on lab allows:
  nothing
  note: a note
`,
    );
  });

  test('escapes what would move the cursor of a terminal', () => {
    const allows = [{ verbs: ['get'], things: ['pods (only \u001b[2J)'] }];

    expect(below([{ ...EXPLANATION, allows }])).toContain('pods (only \\u001b[2J)');
  });
});

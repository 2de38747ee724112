import { stripVTControlCharacters } from 'node:util';
import type { AccessProof } from '../../model/review/access-proof';
import { planReview } from '../../plan/plan-review';
import type { Rehearsal } from '../../plan/rehearsal';
import { rehearsalJson, rehearsalText } from '../../report/rehearsal-text';

const PROOF: AccessProof = {
  ...{ people: 1, profiles: 1, signIns: 1, questions: 3, rows: [], differences: [], assumedClaims: [], notProved: [] },
  leftOut: { people: 0, profiles: 0, namespaces: 0 },
};
const STACKS = [
  { stack: 'okta', seconds: 1.25, resources: '9 added, 0 changed, 0 destroyed' },
  { stack: 'cluster-one', seconds: 30, resources: '5 added, 0 changed, 0 destroyed' },
];
const DESTROYED = [{ stack: 'okta', seconds: 2, resources: '9 destroyed' }];
const WHOLE: Rehearsal = {
  deployment: { stacks: STACKS, secondPlan: [], proof: PROOF },
  removal: { unprotected: [], destroyed: DESTROYED, left: [] },
};
const text = (rehearsal: Rehearsal) => stripVTControlCharacters(rehearsalText(rehearsal));

describe('the text of a rehearsal', () => {
  test('says what Terraform did, who signed in, and that nothing is left', () => {
    expect(text(WHOLE)).toBe(`Deployment
  okta         9 added, 0 changed, 0 destroyed  1.3 s
  cluster-one  5 added, 0 changed, 0 destroyed  30.0 s

A second plan changes nothing.

Proof: 1 person on 1 cluster, signed in to a local Okta that was set up from these stacks
  person  cluster  may  may not
  1 sign-in, 3 questions: every answer matches the access file
  A user who is removed in Okta loses access within 60 minutes, when their last ID token expires. Sessions that are open then (exec, attach, port-forward, watch) continue until they are closed.

Removal
  okta  9 destroyed  2.0 s

Nothing is left.
`);
  });

  test('says what failed, and what was left out because of it', () => {
    const stacks = [
      { stack: 'okta', seconds: 1, message: 'Error: no\n\u001b[31mmore' },
      { stack: 'cluster-one', seconds: 0, leftOutBy: 'okta' },
    ];

    expect(text({ deployment: { stacks } })).toBe(`Deployment
  okta         failed                        1.0 s
  cluster-one  not run, because okta failed
okta: Terraform failed
  Error: no
  \\u001b[31mmore
`);
  });

  test('says what a second plan changes, and what is left', () => {
    const shown = text({
      deployment: { stacks: STACKS, secondPlan: [{ stack: 'okta', what: 'update okta_group.a' }], proof: PROOF },
      removal: { unprotected: [], destroyed: [], left: ['the group eks-admins of Okta'] },
    });

    expect(shown).toContain('A second plan still changes 1 object:\n  okta: update okta_group.a\n');
    expect(shown).toContain('1 object left:\n  the group eks-admins of Okta\n');
  });

  test('says what a change means', () => {
    const plan = { review: planReview([], []), unplanned: [{ stack: 'rbac-one', after: 'cluster-one', message: '' }] };

    const shown = text({ ...WHOLE, change: { stacks: STACKS, secondPlan: [], proof: PROOF, plan } });

    expect(shown).toContain('Deployment of the deployed file\n');
    expect(shown).toContain('What the change means\nrbac-one can be planned after cluster-one is applied\n');
    expect(shown).toContain('\nThe change\n  okta ');
  });

  test('has fixed keys as data', () => {
    expect(rehearsalJson({ deployment: { stacks: [] } })).toEqual({
      ...{ deployment: { stacks: [], secondPlan: null, proof: null }, change: null, removal: null },
    });
    expect(rehearsalJson(WHOLE)).toEqual({
      deployment: { stacks: STACKS, secondPlan: [], proof: PROOF },
      ...{ change: null, removal: { unprotected: [], destroyed: DESTROYED, left: [] } },
    });
  });
});

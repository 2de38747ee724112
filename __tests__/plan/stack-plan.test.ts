import { readStackPlan } from '../../plan/stack-plan';
import { change, planByHand, plansOf } from './plans';

const read = (text: string) => () => readStackPlan(text, 'okta', 'okta.json');
const FIX = 'Give what `terraform show -json PLAN_FILE` prints.';

describe('the plan of a stack', () => {
  test('has what Terraform replaces, and why', () => {
    const [cluster] = plansOf('role-name');

    expect(cluster?.changes.map(({ type, action, because }) => [type, action, because])).toEqual([
      ['aws_eks_access_entry', 'replace', ['something that it depends on is replaced']],
      ['aws_eks_access_policy_association', 'replace', ['something that it depends on is replaced']],
      ['aws_eks_cluster', 'replace', ['role_arn changes']],
      ['aws_eks_identity_provider_config', 'replace', ['something that it depends on is replaced']],
      ['aws_iam_role', 'replace', ['name changes']],
      ['aws_iam_role_policy_attachment', 'replace', ['role changes']],
    ]);
  });

  test('has the outputs that it reads and that it changes', () => {
    const [cluster] = plansOf('role-name');

    expect(new Set(cluster?.reads.map(({ output }) => output))).toEqual(new Set(['client_id_one', 'issuer_url']));
    expect([...(cluster?.changedOutputs.keys() ?? [])]).toEqual(['certificate_authority', 'endpoint']);
  });

  test('says that Terraform failed', () => {
    expect(plansOf('role-name-refused').map(({ stack, failed }) => [stack, failed])).toEqual([
      ['cluster-one', true],
      ['okta', false],
      ['rbac-one', false],
    ]);
  });

  // By hand: the actions of the format.
  test.each([
    [['no-op'], 'none'],
    [['read'], 'read'],
    [['create'], 'create'],
    [['update'], 'update'],
    [['delete'], 'destroy'],
    [['delete', 'create'], 'replace'],
    [['create', 'delete'], 'replace'],
    [['forget'], 'forget'],
    [['create', 'forget'], 'forget and create'],
  ])('reads the actions %j as %s', (actions, action) => {
    const plan = planByHand('okta', { resource_changes: [change('okta_group', actions, null, null)] });

    expect(plan.changes.map((one) => one.action)).toEqual([action]);
  });

  test.each([
    ['PK\u0003\u0004', `okta.json is a plan in the form that only Terraform reads. ${FIX}`],
    ['[]', `okta.json is no plan of Terraform: it has no format_version. ${FIX}`],
    ['null', `okta.json is no plan of Terraform: it has no format_version. ${FIX}`],
    ['{"format_version": "2.0"}', `okta.json has the plan format 2.0, and this program reads only format 1. ${FIX}`],
    ['{"format_version": "1.0", "values": {}}', `okta.json is a state, and no plan: it has no planned_values. ${FIX}`],
  ])('fails for %j', (text, message) => {
    expect(read(text)).toThrow(message);
  });

  test('fails for a text that is no JSON', () => {
    expect(read('Plan: 1 to add')).toThrow(/^okta\.json is no JSON: /);
  });

  test('fails for an action that it does not know', () => {
    const plan = () => planByHand('okta', { resource_changes: [change('okta_group', ['melt'], null, null)] });

    expect(plan).toThrow('okta: okta_group.x has the action melt, which this program does not know.');
  });
});

import {
  arrivingGroupFinding,
  arrivingUserFinding,
  groupsPrefixFinding,
  subjectFinding,
  usernamePrefixFinding,
} from '../../../../constraints/kubernetes/reserved-names';
import { problemsWith } from '../../../access-files';

const SOURCE = 'https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfigRequest.html';

const systemProblem = (given: string) => ({
  path: 'identityProvider.prefix',
  check: 'reserved-prefix',
  message: "A prefix must not contain 'system:', which Kubernetes reserves for its own users and groups.",
  given,
  allowed: "a prefix without 'system:', such as okta:",
  fix: 'Choose another prefix.',
  source: SOURCE,
});

const hyphenProblem = {
  path: 'identityProvider.prefix',
  check: 'reserved-prefix',
  message: "The prefix '-' means no prefix for user names, but a literal '-' for groups.",
  given: "'-'",
  allowed: "a prefix such as okta:, or '' for none",
  fix: "Write '' for no prefix.",
  source: SOURCE,
};

const subjectProblem = (path: string, given: string) => ({
  path,
  check: 'reserved-prefix',
  message: 'In Kubernetes, this group would become a reserved group, such as system:masters.',
  given,
  allowed: "a prefix and group that together do not start with 'system:'",
  fix: 'Rename the group, or set a prefix such as okta:.',
  source: SOURCE,
});

/** Changes of the smallest file, with only this group, which passes the claim filter. */
function fileFor(prefix: unknown, group: string) {
  return {
    identityProvider: { prefix },
    groupsClaim: { startsWith: group },
    groups: { [group]: {} },
    grants: [{ group, role: 'cluster-admin', clusters: '*' }],
  };
}

describe('reserved-prefix', () => {
  test.each(['system:', 'system:okta:', 'okta:system:', 'a-system:-b'])('fails with the prefix %s', (prefix) => {
    expect(problemsWith({ identityProvider: { prefix } })).toEqual([systemProblem(`'${prefix}'`)]);
  });

  test('fails with such a prefix only of user names', () => {
    const problems = problemsWith({ identityProvider: { prefix: { username: 'system:', groups: 'okta:' } } });

    expect(problems).toEqual([systemProblem("'system:'")]);
  });

  test('fails with such a prefix only of groups', () => {
    const problems = problemsWith({ identityProvider: { prefix: { username: 'okta:', groups: 'x-system:' } } });

    expect(problems).toEqual([systemProblem("'x-system:'")]);
  });

  test('fails once for each of two different prefixes, user names first', () => {
    const problems = problemsWith({ identityProvider: { prefix: { username: 'system:u', groups: '-' } } });

    expect(problems).toEqual([systemProblem("'system:u'"), hyphenProblem]);
  });

  test.each(['-', { username: '-', groups: 'okta:' }, { username: 'okta:', groups: '-' }])(
    'fails with the prefix %j, which has two meanings',
    (prefix) => {
      expect(problemsWith({ identityProvider: { prefix } })).toEqual([hyphenProblem]);
    },
  );

  test.each([
    ['', 'system:masters', "'system:masters'"],
    ['sys', 'tem:masters', "'system:masters'"],
    ['system', ':masters', "'system:masters'"],
    ['s', 'ystem:', "'system:'"],
    [{ username: 'okta:', groups: '' }, 'system:masters', "'system:masters'"],
  ])('fails if the prefix %j makes %s a group of Kubernetes', (prefix, group, subject) => {
    expect(problemsWith(fileFor(prefix, group))).toEqual([subjectProblem('grants[0].group', subject)]);
  });

  test('fails once for each grant of such a group', () => {
    const problems = problemsWith({
      identityProvider: { prefix: '' },
      groupsClaim: { startsWith: 's' },
      groups: { staff: {}, 'system:nodes': {} },
      grants: [
        { group: 'staff', role: 'cluster-admin', clusters: '*' },
        { group: 'system:nodes', role: 'view', clusters: '*' },
        { group: 'system:nodes', role: 'edit', clusters: '*' },
      ],
    });

    expect(problems).toEqual([
      subjectProblem('grants[1].group', "'system:nodes'"),
      subjectProblem('grants[2].group', "'system:nodes'"),
    ]);
  });

  test('is silent on groups if the prefix is reported', () => {
    expect(problemsWith(fileFor('system:', 'masters'))).toEqual([systemProblem("'system:'")]);
  });

  test.each([
    ['okta:', 'system:masters'],
    ['', 'my-system:masters'],
    ['System', ':masters'],
    [{ username: '', groups: 'okta:' }, 'system:masters'],
  ])('allows the prefix %j with the group %s', (prefix, group) => {
    expect(problemsWith(fileFor(prefix, group))).toEqual([]);
  });

  const groupProblem = (group: string, subject: string, given: string) => ({
    path: 'identityProvider.prefix',
    check: 'reserved-prefix',
    message: `In Kubernetes, an Okta group '${group}' would become '${subject}', a name that Kubernetes reserves.`,
    given: `${given}, for which Okta ignores case`,
    allowed: "a prefix and filter with which no group starts with 'system:'",
    fix: 'Set the group prefix, for example to okta:, the default.',
    source: SOURCE,
  });

  test.each([
    ['sys', 'te', 'tem:masters', 'system:masters'],
    ['sys', 'TE', 'tem:masters', 'system:masters'],
    ['', 's', 'system:masters', 'system:masters'],
    ['', '\u017fyst', 'system:masters', 'system:masters'],
    ['', 'System:nodes', 'system:nodes', 'system:nodes'],
    ['syste', 'M:Masters-of', 'm:masters-of', 'system:masters-of'],
  ])('fails if the prefix %j and the filter %j let a group %s become %s', (prefix, filter, group, subject) => {
    const problems = problemsWith({
      identityProvider: { prefix: { username: 'okta:', groups: prefix } },
      groupsClaim: { startsWith: filter },
      groups: { [`${filter}-admins`]: {} },
      grants: [{ group: `${filter}-admins`, role: 'cluster-admin', clusters: '*' }],
    });

    expect(problems).toEqual([groupProblem(group, subject, `prefix '${prefix}' and filter '${filter}'`)]);
  });

  test.each([
    ['sys', 'tx'],
    ['', 'eks-'],
    ['s', 's'],
    ['Sys', 'te'],
    ['okta:', 'system:'],
    ['system', 'masters'],
  ])('allows the prefix %j with the filter %j', (prefix, filter) => {
    expect(arrivingGroupFinding(prefix, filter)).toBeUndefined();
  });

  const userProblem = (claim: string, rest: string, prefix: string) => ({
    path: 'identityProvider.prefix',
    check: 'reserved-prefix',
    message: `A user whose claim '${claim}' starts with '${rest}' would get a name that is reserved for users of Kubernetes, such as 'system:kube-scheduler'.`,
    given: `prefix '${prefix}' and claim '${claim}'`,
    allowed: "a prefix with which no user name starts with 'system:', or the claim email or sub",
    fix: 'Set the user name prefix, for example to okta:, the default.',
    source: SOURCE,
  });

  test.each([
    ['', 'name', 'system:'],
    ['', 'preferred_username', 'system:'],
    ['sys', 'nickname', 'tem:'],
    ['system', 'name', ':'],
  ])('fails if the prefix %j and the claim %s let a user name start with system:', (prefix, claim, rest) => {
    const problems = problemsWith({
      authorizationServer: { existing: true },
      identityProvider: { usernameClaim: claim, prefix: { username: prefix, groups: 'okta:' } },
    });

    expect(problems).toEqual([userProblem(claim, rest, prefix)]);
  });

  test.each([
    ['', 'email'],
    ['', 'sub'],
    ['sys', 'email'],
    ['okta:', 'name'],
    ['System', 'name'],
    ['-system', 'name'],
  ])('allows the prefix %j of user names with the claim %s', (prefix, claim) => {
    expect(arrivingUserFinding(prefix, claim)).toBeUndefined();
  });

  test.each([
    ['ek', 's:'],
    ['eks', ':'],
  ])('fails if the prefix %j lets a user name become one of EKS, which guards exempt', (prefix, rest) => {
    const problems = problemsWith({
      identityProvider: { usernameClaim: 'preferred_username', prefix: { username: prefix, groups: 'okta:' } },
    });

    expect(problems).toEqual([
      {
        ...userProblem('preferred_username', rest, prefix),
        message: `A user whose claim 'preferred_username' starts with '${rest}' would get a name that is reserved for users of EKS, which bypass guards, such as 'eks:node-manager'.`,
        allowed: "a prefix with which no user name starts with 'eks:', or the claim email or sub",
      },
    ]);
  });

  test.each([
    ['arn', ':aws', 'IAM, which can bypass guards', 'arn:aws:sts::111122223333:assumed-role/deployer/ci'],
    ['i', 'am:', 'AWS', 'iam:admin'],
  ])('fails if the prefix %j lets a user name start with the name of %s', (prefix, rest, owner, example) => {
    const finding = arrivingUserFinding(prefix, 'nickname');

    expect(finding?.message).toBe(
      `A user whose claim 'nickname' starts with '${rest}' would get a name that is reserved for users of ${owner}, such as '${example}'.`,
    );
  });

  test('fails if a group can become one of EKS', () => {
    const problems = problemsWith({
      identityProvider: { prefix: { username: 'okta:', groups: '' } },
      groupsClaim: { startsWith: 'EKS' },
      groups: { 'EKS-admins': {} },
      grants: [{ group: 'EKS-admins', role: 'cluster-admin', clusters: '*' }],
    });

    expect(problems).toEqual([
      {
        ...groupProblem('eks:service-operations', 'eks:service-operations', "prefix '' and filter 'EKS'"),
        message:
          "In Kubernetes, an Okta group 'eks:service-operations' would become 'eks:service-operations', a name that EKS reserves.",
        allowed: "a prefix and filter with which no group starts with 'eks:'",
      },
    ]);
  });

  const lab = { kind: 'self-managed', kubeconfigContext: 'lab' };
  const ofKubeadm = (clusters: Record<string, unknown>) => ({
    identityProvider: { prefix: { username: 'okta:', groups: '' } },
    groupsClaim: { startsWith: 'k' },
    groups: { 'k8s-admins': {} },
    clusters,
    grants: [{ group: 'k8s-admins', role: 'cluster-admin', clusters: '*' }],
  });

  test('fails if a group can become the administrators of kubeadm on a cluster outside EKS', () => {
    expect(problemsWith(ofKubeadm({ lab })).map(({ path, message }) => [path, message])).toEqual([
      [
        'identityProvider.prefix',
        "In Kubernetes, an Okta group 'kubeadm:cluster-admins' would become 'kubeadm:cluster-admins', a name that kubeadm reserves.",
      ],
    ]);
  });

  test('allows such a group on EKS, which has no kubeadm', () => {
    expect(problemsWith(ofKubeadm({ prod: { kind: 'eks', region: 'eu-west-1' } }))).toEqual([]);
  });

  test('fails with a prefix of both that starts like the users of EKS, once', () => {
    expect(problemsWith({ identityProvider: { prefix: 'eks:okta-' } }).map(({ message }) => message)).toEqual([
      "Every user name would start with 'eks:', like those of EKS, which bypass guards, such as 'eks:node-manager'.",
    ]);
  });

  test('reports groups and user names together', () => {
    const problems = problemsWith({
      identityProvider: { usernameClaim: 'name', prefix: '' },
      groupsClaim: { startsWith: 's' },
      groups: { staff: {} },
      grants: [{ group: 'staff', role: 'cluster-admin', clusters: '*' }],
    });

    expect(problems).toEqual([
      groupProblem('system:masters', 'system:masters', "prefix '' and filter 's'"),
      userProblem('name', 'system:', ''),
    ]);
  });

  test.each(['okta:', '', 'system', 'SYSTEM:', '--', 'okta-'])('allows the prefix %j', (prefix) => {
    expect(problemsWith({ identityProvider: { prefix } })).toEqual([]);
  });

  test('is silent on a group without a grant', () => {
    const problems = problemsWith({
      identityProvider: { prefix: '' },
      groups: { 'eks-admins': {}, 'system:masters': {} },
    });

    expect(problems).toEqual([]);
  });
});

describe('usernamePrefixFinding and groupsPrefixFinding', () => {
  test.each(['system:', 'xsystem:', '-', 'eks:', 'eks:okta-'])('refuse %s', (prefix) => {
    expect(usernamePrefixFinding(prefix)?.given).toBe(`'${prefix}'`);
    expect(groupsPrefixFinding(prefix)?.given).toBe(`'${prefix}'`);
  });

  test('refuse a prefix that starts like the users of EKS, whom guards exempt', () => {
    expect(usernamePrefixFinding('eks:okta-')).toEqual({
      message:
        "Every user name would start with 'eks:', like those of EKS, which bypass guards, such as 'eks:node-manager'.",
      given: "'eks:okta-'",
      allowed: "a prefix that does not start with 'eks:', such as okta:",
      fix: 'Choose another prefix.',
    });
  });

  test.each([
    ['arn:aws:sts::111122223333:assumed-role/deployer/', 'arn:aws'],
    ['arn:aws-cn:iam::111122223333:user/', 'arn:aws'],
    ['aws:', 'aws:'],
    ['amazon:okta:', 'amazon:'],
    ['iam:', 'iam:'],
  ])('refuse %s only for user names, because no group of a cluster starts with %s', (prefix, start) => {
    expect(usernamePrefixFinding(prefix)?.message).toContain(`Every user name would start with '${start}'`);
    expect(groupsPrefixFinding(prefix)).toBeUndefined();
  });

  test('refuse the groups of kubeadm only if a cluster outside EKS trusts them', () => {
    expect(groupsPrefixFinding('kubeadm:', { outsideEks: true })?.message).toBe(
      "Every group would start with 'kubeadm:', like those of kubeadm, such as 'kubeadm:cluster-admins'.",
    );
    expect(groupsPrefixFinding('kubeadm:')).toBeUndefined();
    expect(usernamePrefixFinding('kubeadm:')).toBeUndefined();
  });

  test.each(['', 'okta:', 'system', 'eks', 'my-eks:', 'arn:', 'EKS:'])('allow %j', (prefix) => {
    expect(usernamePrefixFinding(prefix)).toBeUndefined();
    expect(groupsPrefixFinding(prefix)).toBeUndefined();
  });
});

describe('subjectFinding', () => {
  test('shows prefix and group together', () => {
    expect(subjectFinding('sys', 'tem:masters')?.given).toBe("'system:masters'");
  });

  test.each([
    ['okta:', 'system:masters'],
    ['', 'admins'],
  ])('allows %j with %s', (prefix, group) => {
    expect(subjectFinding(prefix, group)).toBeUndefined();
  });
});

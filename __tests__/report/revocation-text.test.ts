import { filePatch } from '../../operate/revoke/file-patch';
import { revocationOf } from '../../operate/revoke/revocation';
import { revocationText } from '../../report/revocation-text';
import { accessWith } from '../access-files';
import { ANA, group, livePerson } from '../operate/revoke/live';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const LISTED = {
  'eks-admins': {},
  'eks-devs': { logins: ['ana@example.com'] },
};

/** The report about a person in `eks-devs`, who has the role `view`. */
function textOf(changes: Record<string, unknown>, live?: Parameters<typeof livePerson>[0]): string {
  const access = accessWith({
    groups: LISTED,
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-devs', role: 'view', clusters: '*' },
    ],
    ...changes,
  });
  const revocation = revocationOf(access, {
    ...{
      login: 'ana@example.com',
      withoutOkta: undefined,
      isSuspending: false,
    },
    live: livePerson({ groups: [group('eks-devs')], ...live }),
  });
  const listed = [{ group: 'eks-devs', path: 'groups.eks-devs.logins[0]' }];
  const text = `groups:\n  eks-devs:\n    logins:\n      - ana@example.com\n`;
  const patch = filePatch('access.yaml', text, 'ana@example.com', listed);
  return revocationText(revocation, { file: 'access.yaml', patch })
    .map((part) => part.text)
    .join('');
}

test('says what ends when, what comes back, what stays, and what acts at once', () => {
  expect(textOf({ clusters: { prod: EKS } })).toMatchInlineSnapshot(`
    "Ana@example.com in Okta: ACTIVE, 00uAna
      possible  suspend the person
                nobody signs in as them from then on; their groups and apps stay. Okta documents no end of tokens that it has issued. Add --suspend.
      would     end their sessions in Okta
                sessions, refresh tokens, and access tokens end at once. An ID token that they have stays valid for 60 minutes at most; API servers remember it for 10 seconds more.
      Nothing is changed yet. --yes does what is marked with would.

    Memberships
      eks-devs
        groups.eks-devs.logins[0] in access.yaml:4: the next apply puts them in again.

    Access file: not changed. After its change, apply the stack okta
      Save the patch as a file, then run patch access.yaml < FILE:
    --- a/access.yaml
    +++ b/access.yaml
    @@ -1,4 +1,3 @@
     groups:
       eks-devs:
    -    logins:
    -      - ana@example.com
    +    logins: []

    Clusters
      There are no refresh tokens: kubectl gets every new token through the session of the browser.
      What they reach by IAM needs no Okta: end their sessions in AWS, too.
      prod: as okta:ana.b@example.com (the email address in Okta)
        view on the whole cluster, by eks-devs
        Can have become: cluster-admin (may), node (may), service accounts of kube-system (may), service accounts of other namespaces (may). That needs no token of Okta.
        Can stay: open watches.

    At once on prod: a guard
      EKS has no rules about users: until the ID token expires, only a guard on the user name acts. It refuses changes and connections to pods within seconds of kubectl apply. It refuses no reads.
      Delete it when the ID token has expired.
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingAdmissionPolicy
    metadata:
      name: ended-okta-ana-b-example-com-ee171f06
    spec:
      failurePolicy: Fail
      matchConstraints:
        resourceRules:
          - apiGroups:
              - '*'
            apiVersions:
              - '*'
            operations:
              - '*'
            resources:
              - '*/*'
      matchConditions:
        - name: is-the-user
          expression: request.userInfo.username == "okta:ana.b@example.com"
      validations:
        - expression: 'false'
          message: The access of this user has ended
          reason: Forbidden
    ---
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingAdmissionPolicyBinding
    metadata:
      name: ended-okta-ana-b-example-com-ee171f06
    spec:
      policyName: ended-okta-ana-b-example-com-ee171f06
      validationActions:
        - Deny

    What okta:ana.b@example.com made and opened
      Logs Insights in eu-west-1, log group /aws/eks/prod/cluster
    fields @timestamp, verb, objectRef.namespace, objectRef.resource, objectRef.subresource, objectRef.name, impersonatedUser.username, stage, responseStatus.code, sourceIPs.0
    | filter user.username = "okta:ana.b@example.com" and stage in ["ResponseStarted", "ResponseComplete"] and responseStatus.code < 400
    | filter verb in ["create", "update", "patch"] or objectRef.subresource in ["exec", "attach", "portforward", "proxy"]
    | filter not ispresent(objectRef.apiGroup) or objectRef.apiGroup not in ["authentication.k8s.io", "authorization.k8s.io"]
    | sort @timestamp desc
    | limit 10000

    After the queries
      Delete what they made. A token of a service account ends with its service account. What they did as another user, such as a service account, has that name: ask again with it.
    "
  `);
});

test('names clusters that are alike together, and those without an audit log', () => {
  const text = textOf({
    clusters: { prod: EKS, test: EKS, bare: { ...EKS, logs: ['api'] } },
  });

  expect(text).toContain('  prod, test and bare: as okta:ana.b@example.com (the email address in Okta)\n');
  expect(text).toContain('At once on prod, test and bare: a guard\n');
  expect(text).toContain('EKS writes no audit log on bare: logs in the access file does not have audit.\n');
});

test('says where a guard does not hold them', () => {
  const grants = [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-devs', role: 'edit', clusters: ['test'] },
    { group: 'eks-devs', role: 'view', clusters: ['prod'] },
  ];
  const text = textOf({ clusters: { prod: EKS, test: EKS }, grants });

  expect(text).toContain(
    'It does not hold them on test, where they may: impersonate others; read Secrets, with the tokens in them.\n',
  );
});

test('gives no guard and no query for a user name that is not known', () => {
  const text = textOf({ clusters: { prod: EKS } }, { user: { ...ANA, profile: { login: 'ana@example.com' } } });

  expect(text).toContain(
    'prod: user name not known (the email address in Okta is no text, so that tokens have no claim email)',
  );
  expect(text).not.toContain('At once');
  expect(text).toContain('Could not check\n  The user name on prod: the email address in Okta is no text');
});

test('has no line that a name of Okta fakes', () => {
  const text = textOf({ clusters: { prod: EKS } }, { groups: [group('eks-\u001b[31mx\ny')] });

  expect(text).toContain('eks-\\u001b[31mx\\ny\n');
});

test('says that an ID token can carry groups of before if there are none now', () => {
  const text = textOf({ clusters: { prod: EKS }, groups: { 'eks-admins': {}, 'eks-devs': {} } }, { groups: [] });

  expect(text).toContain('They are in no group of the access file.\n');
  expect(text).toContain('An ID token from before a removal carries the groups of then until it expires.\n');
});

test('has the clusters of a group that the next apply puts them in again', () => {
  const text = textOf({ clusters: { prod: EKS } }, { groups: [] });

  expect(text).toContain('  eks-devs (not now)\n');
  expect(text).toContain('    view on the whole cluster, by eks-devs (if they are in it)\n');
  expect(text).toContain('At once on prod: a guard\n');
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HARMLESS } from '../rbac/paths/harmless';
import type { Permission, Resources } from '../rbac/paths/permission';
import { type Gain, STEPS, type Step } from '../rbac/paths/steps';

const GAINS: Readonly<Record<Gain, string>> = {
  'cluster-admin': 'cluster-admin',
  'service-accounts': 'the service accounts of the namespace',
  users: 'the users of the control plane, or the named users',
  groups: 'every group, system:masters included, or the named groups',
  roles: 'every role, or the named roles',
  'own-roles': 'every permission',
  node: 'a node',
  'no-guards': 'what the guards refuse',
  'no-pod-security': 'pods that Pod Security refuses',
  'constrained-users': 'every user, for the requests that `impersonate-on` names',
  'constrained-service-accounts': 'the service accounts of the namespace, for the requests that `impersonate-on` names',
};

/** The text of `docs/paths.md`, generated from the steps. */
export function pathsPage(): string {
  const certain = STEPS.filter(({ isCertain }) => isCertain);
  const uncertain = STEPS.filter(({ isCertain }) => !isCertain);
  return `# Paths

<!-- Written by \`npm run docs\` from rbac/paths; a test compares them. -->

A permission counts for what it leads to. Whoever may create pods in kube-system runs one as a service account there;
one of these service accounts may change every ClusterRole; so the permission is cluster-admin. \`eks-access paths\` prints
the shortest chain of such steps from each group, and from each administrator by IAM, to everything that they can become:

\`\`\`sh
npm run -s access -- paths eks-developers
npm run -s access -- paths --cluster production --json
\`\`\`

\`\`\`json
[{ "from": "eks-developers", "cluster": "production", "to": "cluster-admin", "certain": false,
   "steps": [{ "permission": "…", "does": "…", "gives": "…", "certain": true }] }]
\`\`\`

\`to\` is \`cluster-admin\`, \`node\`, \`aws-role <ARN>\`, \`service accounts of <namespace>\`, \`user <name>\` or
\`group <name>\`. *other namespaces* are those for which the file says nothing particular.

- A step is **certain** if it takes nothing that a cluster does not have by itself. It **may** work if it depends on what
  runs there or on what somebody else does. A chain is certain if each of its steps is.
- **What runs in a namespace** is known for the controllers in kube-system only. For other namespaces, \`check\` and
  \`paths\` believe [\`namespaces.<name>.holds\`](access-file.md): declare there that a GitOps controller is cluster-admin,
  that a CSI driver has the node, or that a service account has an AWS role. An empty list says that they hold nothing.
- **Guards** close a step only if they refuse that very request. Guards see changes and connections. They do not see
  reads or impersonation, and a request to a kubelet does not pass the API server.
- **Pod Security** closes steps to the node in a namespace with \`podSecurity: 'baseline'\` or \`'restricted'\`.
- **Versions**: the API resources and roles are those of the Kubernetes version of the cluster.

\`check\` warns where a group crosses a boundary for certain, once for each role in a kind of place:
\`becomes-cluster-admin\`, \`becomes-node\`, \`becomes-other-namespace\` and \`becomes-aws-role\`. Name it in \`accept\` of
the grant or of the role, with a reason, to say that this is wanted. \`wildcards\` takes in none of them. A group with
cluster-admin crosses no boundary: it has a \`sensitive-grant\`.

Not covered: bugs, what applications allow (a shell in a web console), and whoever may change IAM, EKS access, the
Terraform state, or the pipeline. They are administrators of the cluster, whether the file names them or not.

## What roles can become

| role | on a whole cluster | in a namespace |
|---|---|---|
| \`view\` | nothing for certain; logs may hold tokens | the same, in the namespace |
| \`edit\` | cluster-admin: it impersonates the service accounts of kube-system, which no guard refuses | the service accounts of the namespace, and the node without Pod Security |
| \`admin\`, \`namespace-admin\` | cluster-admin, as \`edit\` | as \`edit\`. They also write NetworkPolicies, so they can remove \`denyIngress\`, and Roles, with permissions that they have |
| \`developer-restricted\`, \`platform-engineer\` | cluster-admin by workloads in kube-system, unless \`guards.systemNamespaces\` closes it; then the service accounts of other namespaces, and the node where Pod Security does not refuse it | the service accounts of the namespace, and the node without Pod Security |
| \`secret-writer\` | only in namespaces | the service accounts of the namespace, whose tokens it asks for in Secrets |
| \`secret-reader\`, \`pod-exec\` | nothing for certain; what the Secrets open and what runs in the pods may be anything | the same, in the namespace |
| \`restricted-user\` | only in namespaces | nothing |

## Certain steps

${table(certain)}

## Steps that may work

${table(uncertain)}

## Harmless

These permissions lead to nothing more. A test goes through every verb on every resource of each supported Kubernetes
version: each is a step, or in this table.

| permission | reason |
|---|---|
${HARMLESS.map(({ on, verbs, reason }) => `| ${permissionText({ on, verbs })} | ${reason} |`).join('\n')}
`;
}

function table(steps: readonly Step[]): string {
  return `| permission | does | gives |
|---|---|---|
${steps.map(row).join('\n')}`;
}

function row({ needs, does, gives, namespace, only, since, stoppedBy, source }: Step): string {
  const limits = [
    ...(namespace === undefined ? [] : [`only in ${namespace}`]),
    ...(only === undefined ? [] : [ONLY[only]]),
    ...(since === undefined ? [] : [`from Kubernetes ${since}`]),
    ...(stoppedBy === undefined ? [] : [`unless Pod Security is ${stoppedBy.join(' or ')}`]),
  ];
  const permission = needs.map(permissionText).join(' *and* ');
  const limited = limits.length === 0 ? '' : ` (${limits.join(', ')})`;
  return `| ${permission}${limited} | [${does.replaceAll('{place}', 'the namespace')}](${source}) | ${GAINS[gives]} |`;
}

const ONLY: Readonly<Record<NonNullable<Step['only']>, string>> = {
  eks: 'EKS only',
  'self-managed': 'outside EKS only',
  'reads-aws-auth': 'where the cluster reads aws-auth',
};

function permissionText({ on, verbs, object }: Pick<Permission, 'on' | 'verbs' | 'object'>): string {
  const named = object === undefined ? '' : ` named \`${object}\``;
  return `${verbs.join(', ')} of ${on.map(resourcesText).join(', ')}${named}`;
}

function resourcesText({ apiGroup, resources }: Resources): string {
  if (apiGroup === 'custom') return 'custom resources';
  return resources.map((resource) => `\`${resource}\``).join(', ');
}

if (require.main === module) writeFileSync(join(__dirname, 'paths.md'), pathsPage());

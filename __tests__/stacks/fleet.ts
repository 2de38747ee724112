import type { Access } from '../../model';
import { accessWith } from '../access-files';
import { type StackJson, synthesizedAccess } from '../synthesized';

/** EKS clusters: two created ones that share an app, one created with its own app, and an existing one. */
export const FLEET = {
  groups: {
    'eks-admins': { description: 'Admins of every cluster' },
    'eks-developers': {},
    'eks-auditors': { existing: true },
    'eks-unused': {},
  },
  clusters: {
    stage: {
      kind: 'eks',
      region: 'eu-west-1',
      app: 'shared',
      deployers: ['arn:aws:iam::111122223333:role/ci/pipeline', 'arn:aws:iam::111122223333:role/admin'],
    },
    prod: {
      kind: 'eks',
      name: 'production',
      region: 'eu-central-1',
      version: '1.35',
      roleName: 'ProductionCluster',
      logs: ['scheduler', 'api', 'audit'],
      account: { id: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/terraform' },
      tags: { env: 'prod', cost: '42' },
    },
    dev: { kind: 'eks', region: 'eu-west-2', app: 'shared' },
    legacy: { kind: 'existing-eks', name: 'old-one', region: 'us-east-1', account: { id: '444455556666' } },
  },
  grants: [
    { group: 'eks-developers', role: 'edit', clusters: ['dev', 'stage'] },
    { group: 'eks-auditors', role: 'view', clusters: ['legacy', 'stage'] },
    { group: 'eks-developers', role: 'view', clusters: ['legacy'] },
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
  ],
  tags: { env: 'none', owner: 'platform' },
};

/** The model of the fleet with these keys changed. */
export function fleet(changes: Record<string, unknown> = {}): Access {
  return accessWith({ ...FLEET, ...changes });
}

let synthesized: Record<string, StackJson> | undefined;

/** The stacks of the fleet, synthesized once a test file: tests only read them. */
export function fleetStacks(): Readonly<Record<string, StackJson>> {
  synthesized ??= synthesizedAccess(fleet());
  return synthesized;
}

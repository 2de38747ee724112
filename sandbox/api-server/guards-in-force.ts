import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient } from './api-client';

const NAME = 'sandbox-sentinel';
const REGISTRATION = 'admissionregistration.k8s.io/v1';
const POLL_MS = 100;

const POLICY = {
  apiVersion: REGISTRATION,
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: NAME },
  spec: {
    matchConstraints: {
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
    },
    matchConditions: [{ name: 'sentinel', expression: `object.metadata.name == "${NAME}"` }],
    validations: [{ expression: 'false' }],
  },
};

const BINDING = {
  apiVersion: REGISTRATION,
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: NAME },
  spec: { policyName: NAME, validationActions: ['Deny'] },
};

/**
 * Waits until the API server enforces the guards. It starts to enforce policies in order, some time after storing them. So this
 * adds one more policy, waits until that one is enforced, and removes it.
 */
export async function guardsInForce(admin: ApiClient): Promise<void> {
  const policies = `/apis/${REGISTRATION}/validatingadmissionpolicies`;
  const bindings = `/apis/${REGISTRATION}/validatingadmissionpolicybindings`;
  await admin.request('POST', policies, POLICY);
  await admin.request('POST', bindings, BINDING);
  for (;;) {
    const { status } = await admin.request('POST', '/api/v1/namespaces/default/configmaps?dryRun=All', {
      metadata: { name: NAME },
    });
    if (status === 422 || status === 403) break;
    await pause(POLL_MS);
  }
  await admin.request('DELETE', `${bindings}/${NAME}`);
  await admin.request('DELETE', `${policies}/${NAME}`);
}

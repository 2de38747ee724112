import type { ClusterRoleBindingV1Subject } from '#kubernetes/cluster-role-binding-v1';
import { compare } from '../../constraints/compare';
import type { Finding } from '../../constraints/finding';
import type { GroupSubject } from './group-subject';

/** The subjects of a binding, sorted: the provider keeps the order, so another order would be an update. */
export function sortedSubjects(subjects: readonly GroupSubject[]): ClusterRoleBindingV1Subject[] {
  return [...subjects].sort((a, b) => compare(a.name, b.name)).map((subject) => subject.toSubject());
}

/** Checks the subjects of a role's binding. */
export function subjectFindings(role: string, subjects: readonly GroupSubject[]): (Finding | undefined)[] {
  return subjects.length === 0 ? [noSubjectFinding(role)] : subjects.map((subject) => subject.finding());
}

function noSubjectFinding(role: string): Finding {
  return {
    message: `This binding grants the role ${role} to nobody.`,
    given: 'no subjects',
    allowed: 'at least one subject',
    fix: 'Add a group, or remove the binding.',
  };
}

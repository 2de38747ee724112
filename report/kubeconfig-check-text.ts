import { escaped } from '../constraints/finding';
import type { ContextCheck, KubeconfigCheck } from '../sign-in/kubeconfig/check-kubeconfig';
import { shQuoted } from '../sign-in/sh-quoted';
import { counted, enumerated } from './words';

const STATES: Readonly<Record<ContextCheck['state'], string>> = {
  right: 'right',
  wrong: 'no longer right',
  missing: 'missing: the file has no context for this cluster',
  gone: 'for a cluster that is no longer there',
  unknown: 'not checked',
};

/** As many contexts of others as the text names. */
const MOST_OTHERS = 5;

/** What a check found in a kubeconfig, for a terminal: a line per context, with its problems below it. */
export function kubeconfigCheckText({ contexts, others }: KubeconfigCheck, file: string): string {
  const wrong = contexts.filter(({ state }) => state !== 'right');
  const name = escaped(file);
  const fileWord = escaped(shQuoted(file));
  const lines = contexts.map((context) => contextText(context));
  const rest =
    others.length === 0
      ? ''
      : `Not judged, because they do not sign in here: ${enumerated(others.map(escaped), MOST_OTHERS)}\n`;
  // A merge leaves a context of another name as it is.
  const gone = wrong
    .filter(({ state, replacedBy }) => state === 'gone' || replacedBy !== undefined)
    .map(({ context }) => context ?? '');
  const fixes = [
    ...(wrong.some(({ state }) => state === 'wrong' || state === 'missing')
      ? [`Mend it: the same command with --merge ${fileWord} instead of --check ${fileWord}\n`]
      : []),
    ...gone.map(
      (context) => `Delete it: kubectl config delete-context ${escaped(shQuoted(context))} --kubeconfig ${fileWord}\n`,
    ),
  ];
  return `${name}: ${counted(contexts.length, 'context')}, ${counted(wrong.length, 'problem')}\n${lines.join('')}${rest}${fixes.join('')}`;
}

function contextText({ context, cluster, state, problems, replacedBy }: ContextCheck): string {
  const name = escaped(context ?? cluster ?? '');
  const of = context !== null && cluster !== null && context !== cluster ? ` (cluster ${escaped(cluster)})` : '';
  const lines = problems.map(({ what, text }) => `    ${what}: ${escaped(text)}\n`);
  const instead =
    replacedBy === undefined ? '' : `    A merge writes the context ${escaped(replacedBy)}, and leaves this one.\n`;
  return `  ${name}${of}: ${STATES[state]}\n${lines.join('')}${instead}`;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eksAccess } from '../../cli/program';

interface CommandRun {
  readonly stdout: string;
  /** 0 if the command sets none. */
  readonly exitCode: number;
}

/** Runs `eks-access` in the test, with input that it does not refuse, and a command that reads no file. */
export function runCommand(...words: readonly string[]): CommandRun {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  process.exitCode = undefined;
  try {
    eksAccess('0.0.0').parse(['node', 'eks-access', ...words]);
    return { stdout: textOf(write.mock.calls), exitCode: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = undefined;
    write.mockRestore();
  }
}

/** The same for every command. */
export async function runCommandToEnd(...words: readonly string[]): Promise<CommandRun> {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  process.exitCode = undefined;
  try {
    await eksAccess('0.0.0').parseAsync(['node', 'eks-access', ...words]);
    return { stdout: textOf(write.mock.calls), exitCode: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = undefined;
    write.mockRestore();
  }
}

function textOf(calls: readonly (readonly unknown[])[]): string {
  return calls.map(([text]) => text).join('');
}

/** A folder with access files, which is removed after the tests of the file. */
export function accessFiles(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'access-'));
  for (const [name, file] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(file));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** An access file without errors and warnings. */
export const SOUND = {
  okta: { orgName: 'example' },
  groups: {
    'eks-admins': { logins: ['ana@example.com'] },
    'eks-auditors': {},
    'eks-developers': { rule: 'user.department == "Development"' },
  },
  clusters: {
    dev: { kind: 'self-managed', kubeconfigContext: 'dev' },
    prod: { kind: 'self-managed', kubeconfigContext: 'prod', namespaces: ['team-a'] },
  },
  namespaces: { 'team-a': { podSecurity: 'baseline' } },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*', accept: { wildcards: 'They run the clusters.' } },
    { group: 'eks-auditors', role: 'view', clusters: ['prod'] },
    { group: 'eks-developers', role: 'developer-restricted', clusters: ['prod'], namespaces: ['team-a'] },
  ],
};

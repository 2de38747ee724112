import { spawnSync } from 'node:child_process';
import { zshCompletion } from '../../cli/completion-scripts';
import { eksAccess } from '../../cli/program';
import { runCommand } from './run-command';

/** What bash completes the last of these words to. */
function completed(...words: readonly string[]): readonly string[] {
  const { stdout } = runCommand('completion', 'bash');
  const program = `${stdout}
    COMP_WORDS=(eks-access "$@")
    COMP_CWORD=$#
    $(complete -p eks-access | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = spawnSync('bash', ['-c', program, 'bash', ...words], { encoding: 'utf8' });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  return run.stdout.split('\n').filter((word) => word !== '');
}

const shells = ['bash', 'zsh', 'fish'];
const script = (shell: string) => runCommand('completion', shell).stdout;

describe('eks-access completion', () => {
  test('completes the commands in bash', () => {
    expect(completed('')).toEqual([
      ...[
        'start',
        'synth',
        'prove',
        'sandbox',
        'check',
        'matrix',
        'diff',
        'plan',
        'rehearse',
        'can-i',
        'explain',
        'who-can',
        'paths',
        'history',
        'kubeconfig',
        'portal',
        'doctor',
        'flags',
        'token',
        'revoke',
        'completion',
      ],
    ]);
    expect(completed('ma')).toEqual(['matrix']);
  });

  test('completes the options of a command in bash', () => {
    expect(completed('matrix', '--f')).toEqual(['--file', '--format']);
    expect(completed('can-i', '--n')).toEqual(['--name', '--namespace']);
    expect(completed('diff', '--')).toEqual([
      ...['--file', '--from', '--input-format', '--format', '--json', '--findings-ok', '--help'],
    ]);
  });

  test('completes the values of an option in bash', () => {
    expect(completed('matrix', '--format', '')).toEqual(['text', 'md', 'csv', 'json', 'html']);
    expect(completed('matrix', '--json', '--format', 'h')).toEqual(['html']);
  });

  test('completes the values of an argument in bash', () => {
    expect(completed('completion', '')).toEqual([...shells, '--help']);
  });

  test.each([
    ['an option that takes a file', ['check', '--file', '']],
    ['an argument that is a file', ['diff', '']],
  ])('leaves %s to bash, which completes files', (_, words) => {
    expect(completed(...words)).toEqual([]);
    expect(script('bash')).toContain('complete -o default -F _eks_access eks-access\n');
  });

  test.each(shells)('has every command and every option in the script for %s', (shell) => {
    const text = script(shell);

    for (const command of eksAccess('0.0.0').commands) {
      expect(text).toMatch(new RegExp(`\\b${command.name()}\\b`));
      for (const { long } of command.options) {
        expect(text).toContain(shell === 'fish' ? ` ${command.name()}' -l ${long?.slice(2)} ` : `${long}`);
      }
    }
  });

  test('loads in zsh by itself, with a function that has the name of its file', () => {
    expect(script('zsh')).toMatch(/^#compdef eks-access\n[\s\S]*\n_eks-access\(\) \{\n/);
  });

  test('escapes characters that would end a description in zsh', () => {
    const program = eksAccess('0.0.0');
    program.commands[0]?.option('--odd', "it's [a]: b");

    expect(zshCompletion(program)).toContain(`'--odd[it'\\''s \\[a\\]\\: b]'`);
  });
});

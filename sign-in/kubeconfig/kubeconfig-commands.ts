import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { shQuoted } from '../sh-quoted';
import type { Kubeconfig } from './kubeconfig';

/** The shells for which commands can be printed. */
export const SHELLS = ['sh', 'powershell'] as const;

/** A shell for which commands can be printed. */
export type Shell = (typeof SHELLS)[number];

/**
 * The commands of kubectl that make the entries of a kubeconfig, in the language of a shell. The current context changes
 * only if there is none. They cannot set the install hint, for which kubectl has no option.
 * @throws AccessError for a value that the shell cannot pass to a program.
 */
export function kubeconfigCommands(kubeconfig: Kubeconfig, shell: Shell): string {
  const { quoted, embeddedCluster, firstContext } = LANGUAGES[shell];
  const line = (...words: readonly string[]) => `kubectl config ${words.map(quoted).join(' ')}\n`;
  return [
    ...kubeconfig.clusters.map(({ name, cluster }) => {
      const words = ['set-cluster', name, `--server=${cluster.server}`];
      const certificateAuthority = cluster['certificate-authority-data'];
      return certificateAuthority === undefined ? line(...words) : embeddedCluster(words, certificateAuthority);
    }),
    ...kubeconfig.users.map(({ name, user: { exec } }) =>
      line(
        ...['set-credentials', name, `--exec-api-version=${exec.apiVersion}`, `--exec-command=${exec.command}`],
        ...exec.args.map((argument) => `--exec-arg=${listItem(argument)}`),
        ...[
          `--exec-interactive-mode=${exec.interactiveMode}`,
          `--exec-provide-cluster-info=${exec.provideClusterInfo}`,
        ],
      ),
    ),
    ...kubeconfig.contexts.map(({ name, context }) =>
      line('set-context', name, `--cluster=${context.cluster}`, `--user=${context.user}`),
    ),
    firstContext(kubeconfig['current-context']),
  ].join('');
}

interface Language {
  readonly quoted: (word: string) => string;
  /**
   * The command for a cluster with its certificate authority, in base64. kubectl embeds it only from a file; the kubectl
   * of Google Cloud reads that file twice, so it cannot be standard input.
   */
  readonly embeddedCluster: (words: readonly string[], certificateAuthority: string) => string;
  /** Selects a context if none is selected. */
  readonly firstContext: (name: string) => string;
}

const LANGUAGES: Readonly<Record<Shell, Language>> = {
  sh: {
    quoted: shQuoted,
    embeddedCluster: (words, certificateAuthority) =>
      [
        'file=$(mktemp)',
        `cat >"$file" <<'PEM'\n${pemOf(certificateAuthority)}\nPEM`,
        `kubectl config ${words.map(shQuoted).join(' ')} --certificate-authority="$file" --embed-certs=true`,
        'rm -f "$file"',
        '',
      ].join('\n'),
    firstContext: (name) =>
      `kubectl config current-context >/dev/null 2>&1 || kubectl config use-context ${shQuoted(name)}\n`,
  },
  powershell: {
    quoted: powershellQuoted,
    embeddedCluster: (words, certificateAuthority) =>
      [
        '$file = [IO.Path]::GetTempFileName()',
        `[IO.File]::WriteAllText($file, ${powershellQuoted(`${pemOf(certificateAuthority)}\n`)})`,
        `kubectl config ${words.map(powershellQuoted).join(' ')} "--certificate-authority=$file" '--embed-certs=true'`,
        'Remove-Item $file',
        '',
      ].join('\n'),
    firstContext: (name) =>
      `if (-not (kubectl config current-context 2>$null)) { kubectl config use-context ${powershellQuoted(name)} }\n`,
  },
};

/**
 * A text of PowerShell in single quotes, in which only single quotes have a meaning, and these include the curly ones.
 * Windows PowerShell loses double quotes on the way to a program, and PowerShell 7.3 does not, so no text is right in both.
 * @see https://github.com/PowerShell/PowerShell/blob/v7.4.0/src/System.Management.Automation/engine/parser/CharTraits.cs
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing
 */
function powershellQuoted(word: string): string {
  if (/["\u201C-\u201E]/.test(word) || word.endsWith('\\')) {
    throw new AccessError(
      `'${escaped(word)}' cannot be passed to kubectl by every PowerShell. Use --merge FILE, which needs no shell.`,
    );
  }
  return `'${word.replaceAll(/['\u2018-\u201B]/g, '$&$&')}'`;
}

/** An item of an option of kubectl that takes a list with commas, as CSV. */
function listItem(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of a certificate authority, which is in base64 in a kubeconfig. */
function pemOf(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  // Whatever is not a certificate could end the here-document and continue as a command.
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new AccessError('A certificate authority is not in PEM.');
  return blocks.map((block) => block.replaceAll('\r', '')).join('\n');
}

import { spawn } from 'node:child_process';
import { AccessError } from '../../constraints/access-error';
import { INSTALL_HINT, KUBELOGIN, type KubeloginProps, kubeloginArguments } from '../kubeconfig/kubelogin-arguments';
import { tokenIn } from './token-text';

/** The names of kubelogin as a program: as a plugin of kubectl, and by itself. */
const PROGRAMS = [KUBELOGIN, 'kubelogin'];

/**
 * Signs a person in with kubelogin, as their kubectl does, and returns the ID token. kubelogin prints to stderr what the
 * person has to do.
 * @throws AccessError if kubelogin is not installed, or ends without a token.
 */
export async function tokenOfSignIn(props: KubeloginProps): Promise<string> {
  for (const program of PROGRAMS) {
    const output = await outputOf(program, ['get-token', ...kubeloginArguments(props)]);
    if (output === undefined) continue;
    const token = tokenIn(output);
    if (token === undefined) throw new AccessError('kubelogin ended without a token. See its message above.');
    return token;
  }
  throw new AccessError(`kubelogin is not installed: no ${KUBELOGIN} in PATH. ${INSTALL_HINT}`);
}

/** What a program prints; undefined if it is not installed. */
function outputOf(program: string, args: readonly string[]): Promise<string | undefined> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((done, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? done(undefined) : reject(error)));
    child.once('close', (code) => code !== null && done(output));
  });
}

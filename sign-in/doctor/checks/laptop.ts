import { homedir } from 'node:os';
import { join } from 'node:path';
import { escaped } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { INSTALL_HINT } from '../../kubeconfig/kubelogin-arguments';
import { pluginPolicy } from '../../kubeconfig/kuberc';
import { readTextFile } from '../../kubeconfig/private-file';
import { programOnPath } from '../../program-on-path';
import { CouldNotCheck, couldNotCheck, type DoctorCheck, ok, problem } from '../doctor-check';
import type { DoctorContext } from '../doctor-context';
import type { Exec } from '../kubeconfigs';
import { askKubelogin, commandFile, type Kubelogin, kubeloginProgram } from '../machine';

const INSTALL = `${INSTALL_HINT.replaceAll(/(brew|kubectl krew|choco) install [\w-]+/g, '`$&`')}.`;

/** The first version of kubectl that runs exec stanzas of `client.authentication.k8s.io/v1`. */
const EXEC_V1_MINOR = 22;

const kubectlInstalled: DoctorCheck = {
  name: 'kubectl-installed',
  link: 'laptop',
  level: 'own',
  title: '`kubectl` is on `PATH`, and reads today’s kubeconfigs (1.22 or newer).',
  fix: INSTALL,
  async look({ machine }) {
    const kubectl = await machine.kubectl();
    if (kubectl === undefined) return problem('No kubectl is on PATH.');
    const { file, version } = kubectl;
    if (version === undefined) return couldNotCheck(`${file} does not say its version.`);
    return version.minor < EXEC_V1_MINOR
      ? problem(`${file} is kubectl ${version.text}, which does not know client.authentication.k8s.io/v1.`)
      : ok(`kubectl ${version.text} in ${file}`);
  },
};

/** The exec stanza of the context. @throws CouldNotCheck without one */
function execOf({ kubeconfig }: DoctorContext): Exec {
  const { exec } = kubeconfig();
  if (exec === undefined)
    throw new CouldNotCheck('The user of the kubeconfig has no exec stanza (see kubeconfig-exec).');
  return exec;
}

const kubeloginInstalled: DoctorCheck = {
  name: 'kubelogin-installed',
  link: 'laptop',
  level: 'own',
  title: 'The program that the kubeconfig runs to sign in is installed, under the name that the kubeconfig uses.',
  fix: INSTALL,
  symptoms: ['no-kubelogin', 'no-plugin'],
  async look(context) {
    const exec = execOf(context);
    const { file, call } = context.kubeconfig();
    const command = commandFile(exec, file, context.machine);
    if (command === undefined) {
      return problem(
        `The kubeconfig runs ${escaped(exec.command)}, which is not ${/[/\\]/.test(exec.command) ? 'there' : 'on PATH'}.`,
      );
    }
    if (call === undefined) return ok(`${command} is there`);
    const program = kubeloginProgram(exec, file, context.machine);
    if (program === undefined) {
      return problem(
        'The kubeconfig runs kubectl oidc-login, and kubectl-oidc_login is not on PATH.',
        `${INSTALL} Do not try it with the kubectl of the Google Cloud SDK before: it starts itself again and again.`,
      );
    }
    const { version } = await askKubelogin(program, context.machine);
    return ok(`kubelogin ${version === '' ? 'of an unknown version' : version} in ${program}`);
  },
};

const kubeloginFlags: DoctorCheck = {
  name: 'kubelogin-flags',
  link: 'laptop',
  level: 'own',
  title: 'kubelogin is new enough: it knows every argument of the kubeconfig.',
  fix: 'Update kubelogin: `brew upgrade kubelogin`, `kubectl krew upgrade oidc-login`, or `choco upgrade kubelogin`.',
  async look(context) {
    const { call, file } = context.kubeconfig();
    const program = call && kubeloginProgram(execOf(context), file, context.machine);
    if (call === undefined || program === undefined) return couldNotCheck('There is no kubelogin to ask.');
    const { flags, version }: Kubelogin = await askKubelogin(program, context.machine);
    if (flags === undefined) return couldNotCheck(`${program} does not list its arguments.`);
    const unknown = [...call.flags.keys()].filter((flag) => !flags.has(flag) && flag !== 'v');
    return unknown.length === 0
      ? ok(`it knows all ${call.flags.size} arguments`)
      : problem(`kubelogin ${version} does not know ${nameList(unknown.map((flag) => `--${flag}`))}.`);
  },
};

/** The first version of kubectl with a policy for plugins. */
const POLICY_MINOR = 35;

const kubercPolicy: DoctorCheck = {
  name: 'kuberc-policy',
  link: 'laptop',
  level: 'own',
  title: 'The preferences of kubectl (`kuberc`) allow the program that signs in.',
  fix: 'Run `eks-access kubeconfig --kuberc`, which adds kubelogin to the list. With the policy `DenyAll`, change it to `Allowlist` first.',
  symptoms: ['plugin-not-allowed'],
  async look(context) {
    const { machine } = context;
    const exec = execOf(context);
    const { HOME, KUBERC = '', PATH = '' } = machine.environment;
    const file = KUBERC || join(HOME ?? homedir(), '.kube', 'kuberc');
    const text = file === 'off' ? undefined : readTextFile(file);
    if (text === undefined) return ok('there are no preferences');
    const { policy, names } = pluginPolicy(text, escaped(file));
    if (policy === null || policy === 'AllowAll') return ok(`${escaped(file)} allows every program`);
    const version = (await machine.kubectl())?.version;
    if (version !== undefined && version.minor < POLICY_MINOR) {
      return ok(
        `kubectl ${version.text} does not read the policy ${policy} of ${escaped(file)}, which 1.${POLICY_MINOR} and newer obey`,
      );
    }
    if (policy === 'DenyAll')
      return problem(`${escaped(file)} has the policy DenyAll: kubectl runs no program to sign in.`);
    const fileOf = (command: string) =>
      /[/\\]/.test(command) ? command : programOnPath([command, `${command}.exe`], PATH);
    const own = commandFile(exec, context.kubeconfig().file, machine) ?? exec.command;
    return names.some((name) => name === exec.command || fileOf(name) === own)
      ? ok(`${escaped(file)} lists ${escaped(exec.command)}`)
      : problem(
          `The list of ${escaped(file)} does not have ${escaped(exec.command)}. It has ${nameList(names) || 'nothing'}.`,
        );
  },
};

/** More than a request takes, and less than what kubelogin and API servers forgive: kubelogin sends a token until its last seconds. */
const MOST_SKEW_SECONDS = 60;

const clock: DoctorCheck = {
  name: 'clock',
  link: 'laptop',
  level: 'own',
  title: 'The clock of the machine is that of Okta, within a minute.',
  fix: 'Set the clock: turn on automatic time in the settings of the operating system, or run `sudo timedatectl set-ntp true`.',
  async look({ issuer }) {
    const { issuerTime, ownTime } = await issuer.foundDiscovery();
    if (issuerTime === undefined) return couldNotCheck('The issuer does not say its time.');
    const seconds = Math.round((ownTime - issuerTime) / 1000);
    const words = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Okta`;
    if (Math.abs(seconds) <= MOST_SKEW_SECONDS) return ok(`the clock is ${words}`);
    return problem(
      `The clock is ${words}. ${seconds < 0 ? 'kubelogin sends tokens that have expired.' : 'kubelogin takes tokens for expired.'}`,
    );
  },
};

/** What has to be right on the machine of a person before its kubeconfig is read. */
export const PROGRAM_CHECKS: readonly DoctorCheck[] = [kubectlInstalled];

/** What has to be right for the program that the kubeconfig runs. */
export const PLUGIN_CHECKS: readonly DoctorCheck[] = [kubeloginInstalled, kubeloginFlags, kubercPolicy];

export const CLOCK_CHECKS: readonly DoctorCheck[] = [clock];

import type { AccessFormat } from '../input/access-format';
import { oktaApi } from '../live/okta/okta-api';
import type { OktaConnectionProps } from '../live/okta/okta-connection';
import { oktaCredentials } from '../live/okta/okta-credentials';
import { loadAccessFile } from '../load-access-file';
import { AccessError } from '../model';
import { doctorText } from '../report/doctor-text';
import { clusterContexts } from '../sign-in/doctor/cluster-contexts';
import { type Diagnosis, diagnose } from '../sign-in/doctor/diagnose';
import { doctorContext } from '../sign-in/doctor/doctor-context';
import { kubeconfigFiles, readKubeconfigs } from '../sign-in/doctor/kubeconfigs';
import { machineWith } from '../sign-in/doctor/machine';
import { reportFindings } from './findings-ok';
import { jsonText } from './formats';
import { knownMember } from './known-name';
import { type LiveOptions, liveFacts, printSources } from './live-options';
import { printError, printFormat } from './print';

export interface DoctorOptions extends Omit<LiveOptions, 'aws'> {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly findingsOk?: boolean;
  readonly cluster?: readonly string[];
  readonly login?: string;
  readonly signIn?: boolean;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/**
 * Looks at every link of a sign-in, for the clusters of the options.
 * @param address another address of the organization, for tests.
 */
export async function runDoctor(options: DoctorOptions, address?: OktaConnectionProps['address']): Promise<void> {
  const { login, signIn, context } = options;
  if (options.kubeconfig === '') throw new AccessError('--kubeconfig has an empty value.');
  const access = await loadAccessFile(options.file, options.inputFormat);
  const named = options.cluster?.map((key) => knownMember('cluster', key, access.clusters));
  const { facts } = await liveFacts(access, options, Object.keys(access.clusters));
  printSources(facts);
  const kubeconfigs = readKubeconfigs(kubeconfigFiles(process.env, options.kubeconfig));
  const machine = machineWith(process.env, Date.now);
  const credentials = oktaCredentials();
  const api =
    credentials &&
    oktaApi({
      ...{ organization: access.okta, credentials, address },
      onWait: (sentence) => printError(`${sentence}\n`),
    });
  const diagnoses: Diagnosis[] = [];
  try {
    for (const { cluster, context: contextName } of clusterContexts({ access, facts, kubeconfigs, named, context })) {
      if (process.stderr.isTTY) printError(`Looking at ${cluster.key} …\n`);
      diagnoses.push(
        await diagnose(
          doctorContext({ access, cluster, facts, machine, kubeconfigs, contextName, login, signIn, oktaApi: api }),
        ),
      );
    }
  } finally {
    await api?.close();
  }
  printFormat(options.format, options.format === 'json' ? jsonText(diagnoses) : doctorText(diagnoses));
  reportFindings(
    diagnoses.some(({ firstBroken }) => firstBroken !== null),
    options,
  );
}

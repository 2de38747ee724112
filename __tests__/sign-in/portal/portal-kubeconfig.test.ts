import { fleetOf } from '../../../bench/fleet';
import production from '../../../examples/production';
import { readAccess } from '../../../model';
import { kubeconfigOf } from '../../../sign-in/kubeconfig/kubeconfig';
import { signInOf } from '../../../sign-in/portal/portal-data';
import { type PortalKubeconfig, portalKubeconfig } from '../../../sign-in/portal/portal-kubeconfig';
import { portalOf } from '../../../sign-in/portal/portal-of';
import type { SignInData } from '../../../sign-in/sign-in-data';
import { DAY } from '../../day';
import { allFacts, NO_FACTS } from './facts';

const data = signInOf(portalOf(production, allFacts(production))) as SignInData;

/** The users of a kubeconfig, as the page makes them. */
function usersOf({ args, exec, users }: PortalKubeconfig) {
  return Object.values(users).map((user) => ({
    name: user.name,
    user: { exec: { ...exec, args: user.args.map((at) => args[at]) } },
  }));
}

describe('portalKubeconfig', () => {
  test('has the users that the kubeconfig has, by their apps', () => {
    const parts = portalKubeconfig(data) as PortalKubeconfig;

    expect(usersOf(parts)).toEqual(kubeconfigOf(data).users);
    expect(Object.keys(parts.users)).toEqual(data.apps.map(({ name }) => name));
  });

  test('has what users share once', () => {
    const access = readAccess(fleetOf(200, 3), DAY);
    const fleet = signInOf(portalOf(access, allFacts(access))) as SignInData;
    const parts = portalKubeconfig(fleet) as PortalKubeconfig;

    expect(usersOf(parts)).toEqual(kubeconfigOf(fleet).users);
    // Each app has its client ID.
    expect(parts.args.length).toBeLessThan(200 + 20);
  });

  test('has the kubelogin of the sandbox', () => {
    const options = { kubelogin: { file: '/run/kubelogin', args: ['--certificate-authority=/run/ca.pem'] } };

    expect(usersOf(portalKubeconfig(data, options) as PortalKubeconfig)).toEqual(kubeconfigOf(data, options).users);
  });

  test('is nothing if nobody can sign in', () => {
    expect(portalKubeconfig(signInOf(portalOf(production, NO_FACTS)))).toBeUndefined();
    expect(portalKubeconfig({ ...data, clusters: [] })).toBeUndefined();
  });
});

import type { Interaction, default as Provider } from 'oidc-provider';
import { bodyOf } from '../https-server';
import { errorPage } from './message-page';
import type { Organization } from './organization';
import { showPage } from './show-page';
import { SignInLog } from './sign-in-log';
import { signInPage, UNABLE_TO_SIGN_IN } from './sign-in-page';

const PATH = '/v1/sign-in/';
const MOST_CHARACTERS = 10_000;

/** URL of the sign-in page of an authorization server. */
export function signInUrl(serverId: string, uid: string): string {
  return `/oauth2/${serverId}${PATH}${uid}`;
}

/** Serves the sign-in page and handles its form. */
export function serveSignIn(provider: Provider, organization: Organization, serverId: string): void {
  const log = new SignInLog(organization, serverId);
  log.listenTo(provider);
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith(PATH)) return next();
    const interaction = await startedSignIn(provider, ctx.req, ctx.res, ctx.path.slice(PATH.length));
    if (interaction === undefined) {
      ctx.status = 400;
      return showPage(ctx, errorPage(SIGN_IN_EXPIRED));
    }
    const { client_id: clientId, redirect_uri: redirectUri, login_hint: hint } = interaction.params;
    const page = {
      action: signInUrl(serverId, interaction.uid),
      app: organization.appByClientId(String(clientId))?.label ?? '',
      redirectOrigin: redirectUri === undefined ? undefined : new URL(String(redirectUri)).origin,
    };
    if (ctx.method !== 'POST') return showPage(ctx, signInPage({ ...page, login: hint as string | undefined }));

    const form = new URLSearchParams(await bodyOf(ctx.req, MOST_CHARACTERS));
    const login = form.get('username') ?? '';
    const user = organization.checkPassword(login, form.get('password') ?? '');
    log.password(ctx.req, login, user);
    if (user === undefined) {
      ctx.status = 401;
      return showPage(ctx, signInPage({ ...page, login, error: UNABLE_TO_SIGN_IN }));
    }
    await endSessionOfAnother(provider, interaction, user.id);
    // A session cookie: the browser deletes it when it is closed.
    const result = { login: { accountId: user.id, remember: false, amr: ['pwd'] } };
    const url = await provider.interactionResult(ctx.req, ctx.res, result);
    ctx.status = 303;
    ctx.redirect(url);
  });
}

const SIGN_IN_EXPIRED = {
  error: 'sign_in_expired',
  description: 'This sign-in has expired or was started in another browser. Start it again from kubectl.',
};

async function startedSignIn(
  provider: Provider,
  ...[req, res, uid]: [...Parameters<Provider['interactionDetails']>, string]
): Promise<Interaction | undefined> {
  try {
    const interaction = await provider.interactionDetails(req, res);
    return interaction.uid === uid ? interaction : undefined;
  } catch {
    return undefined;
  }
}

/** Without this, the library asks on a page with a script whether to sign the other person out. */
async function endSessionOfAnother(provider: Provider, interaction: Interaction, userId: string): Promise<void> {
  const { session } = interaction;
  if (session === undefined || session.accountId === userId) return;
  await (await provider.Session.findByUid(session.uid))?.destroy();
  interaction.session = undefined;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

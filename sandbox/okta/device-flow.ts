import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import { deviceCodePage, deviceConfirmPage } from './device-pages';
import { donePage, errorPage } from './message-page';
import { showPage } from './show-page';

/** Path of the page on which a person enters the code of a device. */
export const ACTIVATE_PATH = '/activate';

/** The device flow of oidc-provider, with the pages of the local Okta. */
export const DEVICE_FLOW = {
  enabled: true,
  charset: 'base-20' as const,
  mask: '****-****',
  userCodeInputSource(ctx: KoaContextWithOIDC, _form: string, out?: { error_description?: string }, error?: Error) {
    showPage(ctx, deviceCodePage({ ...formOf(ctx), error: error && errorText(error, out?.error_description) }));
  },
  userCodeConfirmSource(
    ctx: KoaContextWithOIDC,
    _form: string,
    client: { clientId: string; clientName?: string },
    _device: unknown,
    userCode: string,
  ) {
    showPage(ctx, deviceConfirmPage({ ...formOf(ctx), app: client.clientName ?? client.clientId, userCode }));
  },
  successSource(ctx: KoaContextWithOIDC) {
    showPage(ctx, donePage({ title: 'Device activated', text: 'Follow the instructions on your device.' }));
  },
};

/** Refuses a form from a browser without a session, which oidc-provider would answer with an internal error. */
export function refuseFormsWithoutSession(provider: Provider): void {
  provider.use(async (ctx, next) => {
    if (ctx.method !== 'POST' || ctx.path !== ACTIVATE_PATH) return next();
    const session = ctx.cookies.get(provider.cookieName('session'), { signed: false });
    if (session !== undefined && (await provider.Session.find(session)) !== undefined) return next();
    ctx.status = 400;
    showPage(ctx, errorPage(FORM_EXPIRED));
  });
}

const FORM_EXPIRED = {
  error: 'form_expired',
  description: 'This form has expired or is from another browser. Open the address that your device shows again.',
};

function formOf(ctx: KoaContextWithOIDC): { action: string; xsrf: string } {
  return { action: ctx.oidc.urlFor('code_verification'), xsrf: String(ctx.oidc.session?.state?.secret) };
}

function errorText({ name }: Error, description = 'Invalid code. Try again.'): string {
  return name === 'AbortedError' ? 'You cancelled the sign-in.' : description;
}

import { type Page, pageHeaders } from './page';

/** The part of Koa's context that `showPage` uses. */
interface PageContext {
  body: unknown;
  set(headers: Readonly<Record<string, string>>): void;
}

/** Responds with a page and leaves the status unchanged. */
export function showPage(ctx: PageContext, page: Page): void {
  ctx.set(pageHeaders(page));
  ctx.body = page.html;
}

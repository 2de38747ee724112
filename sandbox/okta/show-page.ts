import { type Page, pageHeaders } from './page';

/** What of Koa's context an answer with a page needs. */
interface PageContext {
  body: unknown;
  set(headers: Readonly<Record<string, string>>): void;
}

/** Answers with a page; the status stays as it is. */
export function showPage(ctx: PageContext, page: Page): void {
  ctx.set(pageHeaders(page));
  ctx.body = page.html;
}

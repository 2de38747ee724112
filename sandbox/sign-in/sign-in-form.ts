/** A filled-in form. */
export interface FilledForm {
  readonly action: string;
  readonly body: URLSearchParams;
}

/** Fills in the sign-in form of a page; undefined if the page has no password field. */
export function signInForm(
  html: string,
  { login, password }: { readonly login: string; readonly password: string },
): FilledForm | undefined {
  const [, attributes = '', content = ''] = html.match(/<form\b([^>]*)>([\s\S]*?)<\/form>/i) ?? [];
  const inputs = [...content.matchAll(/<input\b[^>]*>/gi)].map(([input]) => attributesOf(input));
  if (!inputs.some(({ type }) => type === 'password')) return undefined;
  const body = new URLSearchParams();
  for (const { name, type = 'text', value = '' } of inputs) {
    if (name === undefined || type === 'submit') continue;
    body.append(name, type === 'password' ? password : type === 'hidden' ? value : login);
  }
  return { action: attributesOf(attributes).action ?? '', body };
}

/** The error message of a page: the text of its first element with the role `alert`. */
export function alertText(html: string): string | undefined {
  const [, , text] = html.match(/<(\w+)\b[^>]*\brole="?alert"?[^>]*>([\s\S]*?)<\/\1>/i) ?? [];
  return text === undefined
    ? undefined
    : unescaped(text.replaceAll(/<[^>]*>/g, ' '))
        .replaceAll(/\s+/g, ' ')
        .trim();
}

function attributesOf(tag: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)].map(([, name, double, single, bare]) => [
      (name as string).toLowerCase(),
      unescaped(double ?? single ?? bare ?? ''),
    ]),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity);
}

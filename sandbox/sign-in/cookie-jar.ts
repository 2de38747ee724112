/** The cookies of one sign-in, by name. Paths are ignored, because a sign-in uses one issuer only. */
export class CookieJar {
  private readonly values = new Map<string, string>();

  take(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', ...value] = pair.split('=');
      this.values.set(name.trim(), value.join('='));
      // An empty value deletes the cookie.
      if (value.join('=') === '') this.values.delete(name.trim());
    }
  }

  /** Value of the `Cookie` header. */
  header(): string {
    return [...this.values].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

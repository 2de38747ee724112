/** The cookies of one sign-in, by name: it stays at one issuer, so paths are not told apart. */
export class CookieJar {
  private readonly values = new Map<string, string>();

  take(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', ...value] = pair.split('=');
      this.values.set(name.trim(), value.join('='));
      // How a server takes a cookie away.
      if (value.join('=') === '') this.values.delete(name.trim());
    }
  }

  /** Value of a `Cookie` header. */
  header(): string {
    return [...this.values].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

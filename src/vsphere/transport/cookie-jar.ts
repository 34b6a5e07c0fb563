/**
 * The cookies of one server, separate for each path: a cookie that another service such as /pbm sets is not valid at
 * /sdk. Values are sent back as they came, quotes included.
 */
/** A vCenter sets one. More would make each request longer, and one day too long. */
const MOST = 16;
const LONGEST = 4096;

export class CookieJar {
  readonly #paths = new Map<string, Map<string, string>>();

  store(path: string, setCookie: readonly string[]): void {
    for (const line of setCookie) {
      const pair = line.split(';', 1)[0] ?? '';
      const equals = pair.indexOf('=');
      if (equals <= 0 || pair.length > LONGEST) continue;
      const cookies = this.#paths.get(path) ?? new Map<string, string>();
      const name = pair.slice(0, equals).trim();
      const [oldest] = cookies.keys();
      if (cookies.size >= MOST && !cookies.has(name) && oldest !== undefined) cookies.delete(oldest);
      cookies.set(name, pair.slice(equals + 1).trim());
      this.#paths.set(path, cookies);
    }
  }

  /** The header Cookie for the path; undefined if there are no cookies. */
  header(path: string): string | undefined {
    const cookies = this.#paths.get(path);
    if (cookies === undefined || cookies.size === 0) return undefined;
    return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The value of one cookie, without the quotes that it may have. */
  valueOf(path: string, name: string): string | undefined {
    const value = this.#paths.get(path)?.get(name);
    return value === undefined ? undefined : (/^"(.*)"$/.exec(value)?.[1] ?? value);
  }

  clear(): void {
    this.#paths.clear();
  }
}

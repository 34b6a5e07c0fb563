/**
 * R10: passwords in addresses that somebody else wrote. There are too many forms to take the password out of one, as in
 * https://user@domain:pass/word@host. So an address that may have one is not used, and not shown.
 */

/** Whether a text that should be the address of a server may have an account in it. */
export function mayHoldPassword(address: string): boolean {
  // Some characters are another form of @, and browsers read them as one.
  const text = address.normalize('NFKC');
  if (/@|%40/.test(text)) return true;
  // Without a host: user:password. Behind a host is a port.
  const behindScheme = text.replace(/^[a-z][a-z\d+.-]*:\/\//i, '').replace(/^\[[\da-f:.]*\]/i, '');
  const [host = ''] = behindScheme.split(/[/?#\\]/, 1);
  return /:(?!\d*$)/.test(host);
}

/** Why a proxy cannot be used; undefined if it can. It may have an account, but only where URLs have it. */
export function whyNoProxy(url: string): string | undefined {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return 'is not a URL: give http://host:port, and write "/", "#", "?", "@" and "%" in a password as %2F, %23, %3F, %40 and %25';
  }
  const behindHost = `${parsed.pathname}${parsed.search}${parsed.hash}`;
  if (!behindHost.includes('@')) return undefined;
  return 'has a "@" behind its host: write "/", "#" and "?" in a password as %2F, %23 and %3F';
}

import { shown } from './value-bounds';

const LABEL = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const PORT = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';

/** Host name, host:port or URL of a vCenter, as a pattern that JSON schema has too. The operator takes nothing else. */
export const VCENTER_HOST = `^(https://)?(${LABEL}(\\.${LABEL})*\\.?|\\[[0-9A-Fa-f:.]+\\])(:${PORT})?(/|/sdk/?)?$`;

/**
 * R10: what is given here is in the manifest, for everybody to read. A host that may have an account in it is not shown.
 */
export function problemsOfHost(prop: string, host: string): readonly string[] {
  // As the operator reads it: \uff20 is an @ in another form. Behind the colon of a host is a port.
  const text = host.normalize('NFKC');
  const behindScheme = text.replace(/^[a-z][a-z\d+.-]*:\/\//i, '').replace(/^\[[\da-f:.]*\]/i, '');
  if (/@|%40/.test(text) || /:(?!\d*$)/.test(behindScheme.split(/[/?#\\]/, 1)[0] ?? ''))
    return [`${prop} has an account in it: give the host alone, and put the account into the Secret`];
  if (new RegExp(VCENTER_HOST).test(host)) return [];
  return [
    `${prop} is ${shown(host)}: give a host name, host:port or URL, such as https://vcenter.example.com/sdk, ` +
      'or leave it out for the key VC_HOST of the Secret',
  ];
}

import { mayHoldPassword } from '../../kubernetes';
import { SettingsError } from './settings-error';

/** The server that VC_HOST names: a host, host:port or URL. Throws SettingsError. */
export function parseVCenterAddress(text: string): { readonly host: string; readonly port: number } {
  const use = 'use a host, host:port or URL such as https://vcenter.example.com/sdk';
  // R10: before anything that shows the value.
  if (mayHoldPassword(text))
    throw new SettingsError(
      `VC_HOST has an account in it, and is not shown: put the account into VC_USER and VC_PASS, and here ${use}`,
    );
  const refuse = (why: string) => new SettingsError(`VC_HOST "${text}": ${why}; ${use}`);
  let url: URL;
  try {
    url = new URL(text.includes('://') ? text : `https://${text}`);
  } catch {
    throw refuse('not a host name or URL');
  }
  if (url.protocol !== 'https:')
    throw refuse(`${url.protocol.slice(0, -1)} is not supported, vCenter is called over https only`);
  if (url.pathname !== '/' && url.pathname !== '/sdk' && url.pathname !== '/sdk/')
    throw refuse(`unexpected path ${url.pathname}`);
  if (url.hostname === '' || /[^A-Za-z0-9.:[\]-]/.test(url.hostname)) throw refuse('not a host name');
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: url.port === '' ? 443 : Number(url.port) };
}

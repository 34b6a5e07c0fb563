/** The address of a server. */
import { isIP } from 'node:net';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** host:port, with brackets around an IPv6 address. */
export function serverName({ host, port }: ServerAddress): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

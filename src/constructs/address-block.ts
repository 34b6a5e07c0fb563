import { isIPv4, isIPv6 } from 'node:net';

/**
 * Whether a text is a block of addresses as Kubernetes takes it: an address, a slash and the number of leading bits that
 * the block shares.
 */
export function isAddressBlock(text: string): boolean {
  const [, address = '', length = ''] = /^([^/%]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  return (isIPv4(address) && Number(length) <= 32) || (isIPv6(address) && Number(length) <= 128);
}

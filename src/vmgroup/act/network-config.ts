/**
 * The network configuration that a guest gets with its metadata: cloud-init's network config version 2
 * (docs/vsphere.md#network-configuration-of-a-guest).
 */
import { isIP } from 'node:net';
import type { AdapterAddress } from '../../api/static-addresses';

/** An adapter of the machine that the configuration is for, in the order of the entries of spec.networks. */
export interface ConfiguredAdapter {
  readonly macAddress: string;
  readonly given: AdapterAddress;
}

/**
 * One line of JSON, which is YAML too. Adapters are matched by their MAC address: not every distribution looks at a name or a
 * driver, and several adapters may have one driver. The names eth0, eth1 are those that Cluster API's provider gives, too.
 */
export function networkConfig(adapters: readonly ConfiguredAdapter[]): string {
  const ethernets = adapters.map(({ macAddress, given }, index) => {
    const name = `eth${index}`;
    return [
      name,
      { match: { macaddress: macAddress.toLowerCase() }, 'set-name': name, wakeonlan: true, ...addressing(given) },
    ] as const;
  });
  return JSON.stringify({ version: 2, ethernets: Object.fromEntries(ethernets) });
}

function addressing({ address, gateway, nameservers }: AdapterAddress): object {
  if (address === undefined) return { dhcp4: true };
  return {
    dhcp4: false,
    dhcp6: false,
    addresses: [address],
    // gateway4 and gateway6 are deprecated, and `to: default` is younger than many guests.
    ...(gateway !== undefined && { routes: [{ to: isIP(gateway) === 6 ? '::/0' : '0.0.0.0/0', via: gateway }] }),
    ...(nameservers !== undefined && { nameservers: { addresses: nameservers } }),
  };
}

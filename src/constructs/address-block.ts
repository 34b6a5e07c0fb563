const BYTE = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = `${BYTE}([.]${BYTE}){3}`;
const GROUP = '[0-9A-Fa-f]{1,4}';

/** Eight groups, or fewer around one `::`. The last two may be an address of IPv4. */
const IPV6 = [
  `(${GROUP}:){7}${GROUP}`,
  `(${GROUP}:){6}${IPV4}`,
  ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((before) => around(before)),
].join('|');

/**
 * A block of addresses as Kubernetes takes it: an address, a slash and the number of leading bits that the block shares. As a
 * pattern that the templates of Helm have too.
 */
export const ADDRESS_BLOCK = `^(${IPV4}/(3[0-2]|[12]?[0-9])|(${IPV6})/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$`;

export function isAddressBlock(text: string): boolean {
  return new RegExp(ADDRESS_BLOCK).test(text);
}

/** Addresses of IPv6 with so many groups before `::`, which stands for one group at least. */
function around(before: number): readonly string[] {
  const start = before === 0 ? ':' : `(${GROUP}:){${before}}`;
  const most = 7 - before;
  return [
    ...(most === 0 ? [`${start}:`] : [`${start}:(${GROUP}(:${GROUP}){0,${most - 1}})?`]),
    ...(most < 2 ? [] : [`${start}:(${GROUP}:){0,${most - 2}}${IPV4}`]),
  ];
}

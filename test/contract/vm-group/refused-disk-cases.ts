import type { WrittenSpec } from './accepted-cases';

/** As REFUSED, of spec.clone and spec.disks. */
export const REFUSED_DISKS: readonly (readonly [string, WrittenSpec, RegExp])[] = [
  [
    'a snapshot of full clones',
    { clone: { snapshot: 'golden' } },
    /spec\.clone\.snapshot.*needs mode Linked; leave it out/,
  ],
  [
    'a root disk of linked clones that grows',
    { clone: { mode: 'Linked' }, disks: { rootSizeGiB: 40 } },
    /spec\.disks\.rootSizeGiB.*needs clone\.mode Full/,
  ],
  ['an unknown clone mode', { clone: { mode: 'Instant' } }, /spec\.clone\.mode/],
  ['a root disk of no size', { disks: { rootSizeGiB: 0 } }, /spec\.disks\.rootSizeGiB/],
  ['a data disk without a size', { disks: { extra: [{ name: 'data' }] } }, /spec\.disks\.extra\[0\]\.sizeGiB/],
  [
    'a data disk with the name of the root disk',
    { disks: { extra: [{ name: 'root', sizeGiB: 1 }] } },
    /disks\.extra\[0\]\.name.*cannot be root/,
  ],
  [
    'two data disks with one name',
    {
      disks: {
        extra: [
          { name: 'a', sizeGiB: 1 },
          { name: 'a', sizeGiB: 2 },
        ],
      },
    },
    /extra\[1\].*Duplicate value/,
  ],
  [
    'a fifteenth data disk',
    { disks: { extra: Array.from({ length: 15 }, (_, index) => ({ name: `d${index}`, sizeGiB: 1 })) } },
    /spec\.disks\.extra/,
  ],
];

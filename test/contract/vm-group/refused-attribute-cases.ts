/** As REFUSED, of custom attributes and tags. */
import type { WrittenSpec } from './accepted-cases';

export const REFUSED_ATTRIBUTES: readonly (readonly [string, WrittenSpec, RegExp])[] = [
  [
    'a custom attribute without a value',
    { customAttributes: [{ name: 'a', value: '' }] },
    /spec\.customAttributes\[0\]\.value/,
  ],
  [
    'a custom attribute with a long name',
    { customAttributes: [{ name: 'a'.repeat(81), value: 'x' }] },
    /spec\.customAttributes\[0\]\.name/,
  ],
  [
    'a custom attribute that is there twice',
    {
      customAttributes: [
        { name: 'a', value: 'x' },
        { name: 'a', value: 'y' },
      ],
    },
    /spec\.customAttributes\[1\].*Duplicate value/,
  ],
  ['a tag without a category', { tags: [{ category: '', name: 'a' }] }, /spec\.tags\[0\]\.category/],
  ['a tag with a long name', { tags: [{ category: 'a', name: 'a'.repeat(256) }] }, /spec\.tags\[0\]\.name/],
  [
    'a tag that is there twice',
    {
      tags: [
        { category: 'a', name: 'x' },
        { category: 'a', name: 'x' },
      ],
    },
    /spec\.tags\[1\].*Duplicate value/,
  ],
];

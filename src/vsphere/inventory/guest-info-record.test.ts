import { expect, test } from 'vitest';
import { applyToGuestInfo, guestInfoPaths } from './guest-info-record';

test.each(['ready', '__proto__', 'constructor', 'toString'])(
  'a key of any name has the value that its guest set: %s',
  (key) => {
    const [path = '', version = ''] = guestInfoPaths([key]);
    const told = [
      { path, value: 'yes' },
      { path: version, value: '1' },
    ];
    const record = applyToGuestInfo(undefined, [key], told, 'Whole');
    expect(Object.entries(record.values)).toEqual([[key, 'yes']]);
    expect(applyToGuestInfo(record, [key], told, 'Whole')).toBe(record);
  },
);

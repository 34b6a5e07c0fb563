import { describe, expect, test } from 'vitest';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import { type JudgedObject, type PrivilegeSight, privilegesCondition } from './privileges';

const TIME = '2026-01-01T00:00:00Z';
const folder = (...missing: readonly string[]): JudgedObject => ({ noun: 'folder', path: '/dc/vm', missing });
const read = (...objects: readonly JudgedObject[]): PrivilegeSight => ({ kind: 'Read', objects });

function lineFor(sight: PrivilegeSight, isConnected = true, vcenter = aVCenter()): string {
  const { status, reason, message } = privilegesCondition(vcenter, isConnected, sight);
  return `${status} ${reason}: ${message}`;
}

describe('the condition PrivilegesSufficient', () => {
  test('names each privilege that is missing, with the object, and the remedy', () => {
    const pool = { noun: 'resource pool', path: '/dc/host/one/Resources', missing: ['Resource.AssignVMToPool'] };
    const datastore = { noun: 'datastore', path: '/dc/datastore/ssd', missing: [] };
    expect(lineFor(read(folder('Folder.Create', 'Folder.Delete'), datastore, pool))).toBe(
      'False MissingPrivileges: the account lacks Folder.Create, Folder.Delete on folder /dc/vm; ' +
        'Resource.AssignVMToPool on resource pool /dc/host/one/Resources: give it a role with these privileges there, ' +
        'propagated to what is below; groups that name other places are not meant',
    );
  });

  test('is True when nothing is missing', () => {
    expect(lineFor(read(folder()))).toMatch(/^True PrivilegesHeld: /);
  });

  test('R14: names some objects of very many', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({ ...folder('A.B'), path: `/dc${index}/vm` }));
    expect(lineFor(read(...many))).toContain('and on 4980 more objects');
  });

  test.each<[string, PrivilegeSight, boolean, RegExp]>([
    ['while vCenter is not connected, whatever was known', read(folder()), false, /^Unknown NotConnected: /],
    ['before the first answer', { kind: 'NotAsked' }, true, /^Unknown NotTried: /],
    ['when no place is known', { kind: 'NoPlace' }, true, /^Unknown NoPlace: .*spec\.defaults\.placement/],
    [
      'when vCenter does not answer',
      { kind: 'Unreadable', message: 'why' },
      true,
      /^Unknown PrivilegesUnreadable: .*why/,
    ],
    [
      'when vCenter does not tell of an object',
      read({ ...folder(), missing: undefined }),
      true,
      /^Unknown PrivilegesUnreadable: .* on folder \/dc\/vm: /,
    ],
  ])('is Unknown %s', (_, sight, isConnected, line) => {
    expect(lineFor(sight, isConnected)).toMatch(line);
  });

  test('R4: what an earlier process found out stays until there is an answer, for the same spec', () => {
    const stored = (observedGeneration: number, status: 'True' | 'Unknown' = 'True') => {
      const condition = { type: 'PrivilegesSufficient', status, reason: 'PrivilegesHeld', message: 'well' };
      return aVCenter({}, { status: { conditions: [{ ...condition, lastTransitionTime: TIME, observedGeneration }] } });
    };
    const asked = { kind: 'NotAsked' } as const;
    expect(lineFor(asked, true, stored(1))).toBe('True PrivilegesHeld: well');
    expect(lineFor(asked, true, stored(0))).toMatch(/^Unknown NotTried: /);
    expect(lineFor(asked, true, stored(1, 'Unknown'))).toMatch(/^Unknown NotTried: /);
  });
});

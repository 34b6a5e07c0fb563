import { describe, expect, test } from 'vitest';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import type { VCenterAction } from './action';
import { extraConfigProblems, mayGiveExtraConfig } from './extra-config';
import { DEFAULT_TENANT_POLICY } from './tenant-policy';

const spec = {
  extraConfig: [
    { key: 'disk.EnableUUID', value: 'TRUE' },
    { key: 'svga.present', value: 'FALSE' },
  ],
};
const lab = (...extraConfigKeys: string[]) => ({ source: 'VCenter lab', extraConfigKeys });

describe('R15: advanced settings', () => {
  test.each([[['disk.EnableUUID', 'svga.*']], [['*']], [['**']]])('are allowed by %j', (patterns) => {
    expect(extraConfigProblems(spec, lab(...patterns))).toEqual([]);
  });

  test('that are not allowed are told with the remedy', () => {
    expect(extraConfigProblems(spec, lab('svga.*'))).toEqual([
      {
        reason: 'NotAllowed',
        field: 'spec.extraConfig',
        message:
          'spec.extraConfig has "disk.EnableUUID", which is not allowed by VCenter lab, which allows "svga.*": take it out, or have an administrator add it to spec.allowed.extraConfigKeys of VCenter lab',
      },
    ]);
  });

  test('are not allowed without a list, nor in another case of letters', () => {
    for (const rules of [lab(), { source: 'VCenter lab' }, lab('disk.enableuuid')])
      expect(extraConfigProblems(spec, rules)[0]?.message).toContain('"disk.EnableUUID", "svga.present", which is not');
  });

  test('need a VCenter object', () => {
    expect(extraConfigProblems(spec, DEFAULT_TENANT_POLICY)[0]?.message).toContain(
      'only a VCenter object can allow keys: take it out, or have an administrator make one',
    );
    expect(extraConfigProblems({}, DEFAULT_TENANT_POLICY)).toEqual([]);
  });
});

describe('R15: as it is sent', () => {
  const group = aGroup({ extraConfig: spec.extraConfig });
  const replica = aReplica(group, { ordinal: 0 });
  const write = (...parts: Extract<VCenterAction, { kind: 'WriteSettings' }>['parts']): VCenterAction => ({
    ...{ kind: 'WriteSettings', replica, parts },
  });

  const stored = { status: { extraConfigGiven: true } };

  test('a change is refused once a key is not allowed any more', () => {
    expect(mayGiveExtraConfig(write('extraConfig x'), group, lab('*'), stored)).toBe(true);
    expect(mayGiveExtraConfig(write('extraConfig x'), group, lab(), stored)).toBe(false);
  });

  test('R7: it waits until the status says that machines may have such keys', () => {
    for (const without of [undefined, {}, { status: {} }])
      expect(mayGiveExtraConfig(write('extraConfig x'), group, lab('*'), without)).toBe(false);
  });

  test('other changes of machines that exist, and the removal of keys, are not judged', () => {
    expect(mayGiveExtraConfig(write('cleanup'), group, lab(), stored)).toBe(true);
    expect(mayGiveExtraConfig(write('extraConfig x'), aGroup(), lab(), undefined)).toBe(true);
    expect(mayGiveExtraConfig({ kind: 'PowerOn', replica }, group, lab(), stored)).toBe(true);
  });
});

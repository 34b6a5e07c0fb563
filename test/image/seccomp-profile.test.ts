import { expect, test } from 'vitest';
import { withoutCapabilities } from './seccomp-profile';

const RULE = { action: 'SCMP_ACT_ALLOW', args: [] };

test('of a profile with conditions remains what holds for a container without capabilities on this processor', () => {
  const profile = {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: 38,
    syscalls: [
      { ...RULE, names: ['read'] },
      { ...RULE, names: ['mount'], includes: { caps: ['CAP_SYS_ADMIN'] } },
      { names: ['bpf'], action: 'SCMP_ACT_ERRNO', errnoRet: 1, excludes: { caps: ['CAP_SYS_ADMIN'] } },
      { ...RULE, names: ['arch_prctl'], includes: { arches: ['amd64', 'x32'] } },
      { ...RULE, names: ['sync_file_range2'], includes: { arches: ['arm64'] } },
    ],
  };
  expect(withoutCapabilities(profile, 'amd64')).toEqual({
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: 38,
    syscalls: [
      { names: ['read'], action: 'SCMP_ACT_ALLOW' },
      { names: ['bpf'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 },
      { names: ['arch_prctl'], action: 'SCMP_ACT_ALLOW' },
    ],
  });
});

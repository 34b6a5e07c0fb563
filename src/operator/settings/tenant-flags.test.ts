import { describe, expect, test } from 'vitest';
import { DEFAULT_TENANT_POLICY } from '../../vmgroup/model/tenant-policy';
import { parseCommandFlags } from '../commands/command-flags';
import { parseFlags } from './flags';

const refusal = (...args: string[]): string => {
  try {
    parseFlags(args, false);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'accepted';
};

describe('what the authors of VmGroups may do', () => {
  test('is little without a flag: templates only, no machine of another cluster', () => {
    expect(parseFlags([], false).tenants).toEqual(DEFAULT_TENANT_POLICY);
    expect(DEFAULT_TENANT_POLICY).toMatchObject({ allowMachineSources: false, adoptFromClusters: [] });
  });

  test.each([
    ['--allow-machine-sources', { allowMachineSources: true }],
    ['--adopt-from-clusters=0d5e, 1f6a', { adoptFromClusters: ['0d5e', '1f6a'] }],
    [
      '--adoptable-machines=/dc/vm/$(namespace)/**,**/old-*',
      { adoptableMachines: ['/dc/vm/$(namespace)/**', '**/old-*'] },
    ],
    ['--namespace-folder=tenants/$(namespace)', { namespaceFolder: 'tenants/$(namespace)' }],
    ['--namespace-pools=/dc/host/c/Resources/$(namespace),$(cluster)/$(namespace)', { namespacePools: { length: 2 } }],
  ])('%s counts for run, plan and check', (argument, tenants) => {
    expect(parseFlags([argument], false)).toMatchObject({ tenants });
    expect(parseCommandFlags('plan', [argument])).toMatchObject({ tenants });
    expect(parseCommandFlags('check', [argument])).toMatchObject({ tenants });
  });

  test('--allow-machine-sources=false is taken, as manifests write it', () => {
    expect(parseFlags(['--allow-machine-sources=false'], false).tenants.allowMachineSources).toBe(false);
  });

  test.each([
    [
      '--namespace-folder=tenants',
      '--namespace-folder "tenants": all namespaces would share it; put $(namespace) into it, as in tenants/$(namespace)',
    ],
    [
      '--namespace-folder=$(namespace)/../bank',
      '--namespace-folder "$(namespace)/../bank": ".." is no name; give the names from the top, with "/" between them',
    ],
    [
      '--namespace-folder=$(namespace)/$(team)',
      '--namespace-folder "$(namespace)/$(team)": $(team) is not known here; use $(cluster) or $(namespace)',
    ],
    ['--namespace-pools=/', '--namespace-pools "/": give at least one name'],
    [
      '--adopt-from-clusters=a b',
      '--adopt-from-clusters "a b": not a cluster\'s id; give the UIDs of their namespaces kube-system, separated by commas',
    ],
    [
      '--adoptable-machines=web-1',
      '--adoptable-machines "web-1": not a pattern for inventory paths; begin it with "/", as in /dc/vm/tenants/$(namespace)/**',
    ],
    [
      '--adoptable-machines=/dc/vm/$(group)',
      '--adoptable-machines "/dc/vm/$(group)": $(group) is not known here; use $(cluster) or $(namespace)',
    ],
  ])('%s is refused in one line with the remedy', (argument, message) => {
    expect(refusal(argument)).toBe(message);
  });
});

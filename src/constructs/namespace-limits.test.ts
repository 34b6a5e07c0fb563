import { expect, test } from 'vitest';
import { containerOf } from '../../test/support/builders/operator-chart';

test('the limits of namespaces are flags of the operator', () => {
  const { args } = containerOf({
    namespaceLimits: {
      folder: 'tenants/$(namespace)',
      resourcePools: ['tenants/$(namespace)', '/dc/host/c1/Resources/shared'],
      allowMachineSources: true,
      adoptFromClusters: ['0d5e', '1f6a'],
      adoptableMachines: ['/dc/vm/$(namespace)/**', '**/old-*'],
    },
  });
  expect(args).toEqual(
    expect.arrayContaining([
      '--allow-machine-sources',
      '--namespace-folder=tenants/$(namespace)',
      '--namespace-pools=tenants/$(namespace),/dc/host/c1/Resources/shared',
      '--adopt-from-clusters=0d5e,1f6a',
      '--adoptable-machines=/dc/vm/$(namespace)/**,**/old-*',
    ]),
  );
});

test('without limits there is no flag of them', () => {
  const flags = (limits: object) => containerOf({ namespaceLimits: limits }).args.join(' ');
  for (const limits of [{}, { allowMachineSources: false, resourcePools: [], adoptFromClusters: [] }])
    expect(flags(limits)).not.toMatch(/namespace-|adopt-|allow-/);
});

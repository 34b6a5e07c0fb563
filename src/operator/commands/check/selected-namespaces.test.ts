import { expect, test } from 'vitest';
import { aVCenter } from '../../../../test/support/builders/vcenter-object';
import type { VCenterSpec } from '../../../api/vcenter';
import type { ListedNamespaces } from '../vcenters/cluster-reader';
import { namespaceLabels } from '../vcenters/namespace-labels';
import { checkSelector } from './selected-namespaces';

const NAMES = new Map(Object.entries({ shop: { site: 'east' }, bank: { site: 'west' }, lab: {} }));
const EAST = { matchLabels: { site: 'east' } };

function check(
  namespaceSelector: VCenterSpec['namespaceSelector'],
  listed: ListedNamespaces,
  given: readonly string[] = [],
) {
  const manifests = given.map((name) => ({ source: 'ns.yaml:1', name, labels: { site: 'east' } }));
  const spec = namespaceSelector === undefined ? {} : { namespaceSelector };
  return checkSelector(aVCenter(spec), given, listed, namespaceLabels(manifests, listed));
}
const LISTED: ListedNamespaces = { kind: 'Listed', labels: NAMES };
const UNKNOWN: ListedNamespaces = { kind: 'Unknown', why: 'no kubeconfig' };

test('the namespaces that are selected are named, those of the files too', () => {
  expect(check(EAST, LISTED)).toEqual([{ status: 'ok', message: 'selects namespace shop' }]);
  expect(check(EAST, LISTED, ['new'])).toEqual([{ status: 'ok', message: 'selects 2 namespaces: new, shop' }]);
  expect(check({}, LISTED)).toEqual([{ status: 'ok', message: 'selects 3 namespaces: bank, lab, shop' }]);
  expect(check({}, UNKNOWN)).toEqual([{ status: 'ok', message: 'selects all namespaces' }]);
  expect(check(EAST, UNKNOWN, ['new'])).toEqual([{ status: 'ok', message: 'selects namespace new' }]);
});

test('a selector that selects nothing is a warning with the remedy', () => {
  const remedy = expect.any(String);
  const message = 'spec.namespaceSelector is left out: no namespace is selected';
  expect(check(undefined, LISTED)).toEqual([{ status: 'warning', message, remedy }]);
  expect(check({ matchLabels: { site: 'north' } }, LISTED)).toEqual([
    { status: 'warning', message: 'spec.namespaceSelector selects none of 3 namespaces', remedy },
  ]);
  expect(check(EAST, UNKNOWN)).toEqual([
    { status: 'warning', message: 'not known which namespaces are selected: no kubeconfig' },
  ]);
});

import { brokenRulesOfVCenter, withDefaultsOfVCenter } from '../../imports/vcenter-rules';
import { violationsOfVCenter } from '../../imports/vcenter-validator';
import {
  type CheckedKind,
  type FieldProblem,
  problemsOfManifest,
  problemsOfName,
  problemsOfStored,
} from './manifest-problems';
import { pathOf, valueAt } from './schema-words';
import { shown } from './value-bounds';

const LONGEST_NAME = 253;

/** Where people put by mistake what nobody else may read: a password, or a private key. */
const NEVER_SHOWN: readonly string[] = [
  'spec.credentials',
  'spec.credentials.secretRef',
  'spec.tls',
  'spec.tls.caBundle',
];

const VCENTER: CheckedKind = {
  kind: 'VCenter',
  shortName: 'vc',
  violations: violationsOfVCenter,
  withDefaults: withDefaultsOfVCenter,
  brokenRules: brokenRulesOfVCenter,
  problemsOfNames: (metadata) => [
    ...problemsOfName(valueAt(metadata, ['name']), LONGEST_NAME, ''),
    ...problemsOfNamespace(valueAt(metadata, ['namespace'])),
  ],
  isShown: (path, value) => !NEVER_SHOWN.includes(pathOf(path)) && !(path[1] === 'endpoint' && mayHoldAccount(value)),
};

/** What an API server would refuse or drop in the manifest of a VCenter; see `problemsOfManifest`. */
export function problemsOfVCenter(manifest: unknown): readonly string[] {
  return problemsOfManifest(manifest, VCENTER);
}

/** What breaks the schema in a VCenter that the API server has stored; see `problemsOfStored`. */
export function problemsOfStoredVCenter(stored: unknown): readonly FieldProblem[] {
  return problemsOfStored(stored, VCENTER);
}

/** The API server drops it without a word. */
function problemsOfNamespace(namespace: unknown): readonly string[] {
  if (namespace === undefined) return [];
  return [
    `metadata.namespace is ${shown(namespace)}: leave it out, because a VCenter is for the whole cluster; ` +
      'namespaceSelector says which namespaces may use it',
  ];
}

/** As in https://user:password@host. */
function mayHoldAccount(endpoint: unknown): boolean {
  // \uff20 is an @ in another form.
  return JSON.stringify(endpoint)?.normalize('NFKC').includes('@') === true;
}

import { brokenRulesOfVmGroup, withDefaultsOfVmGroup } from '../../imports/vmgroup-rules';
import { violationsOfVmGroup } from '../../imports/vmgroup-validator';
import { problemsOfAnnotations } from './annotation-values';
import {
  type CheckedKind,
  type FieldProblem,
  problemsOfManifest,
  problemsOfName,
  problemsOfStored,
} from './manifest-problems';
import { valueAt } from './schema-words';
import { shown } from './value-bounds';

export { problemsOfAnnotations };

/** The name is a part of the names of the virtual machines, which must have fewer than 80 characters in vCenter. */
const LONGEST_NAME = 62;
const LONGEST_NAMESPACE = 63;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const VM_GROUP: CheckedKind = {
  kind: 'VmGroup',
  shortName: 'vg',
  violations: violationsOfVmGroup,
  withDefaults: withDefaultsOfVmGroup,
  brokenRules: brokenRulesOfVmGroup,
  problemsOfNames: (metadata) => [
    ...problemsOfName(
      valueAt(metadata, ['name']),
      LONGEST_NAME,
      ', because names of virtual machines are made from it',
    ),
    ...problemsOfNamespace(valueAt(metadata, ['namespace'])),
  ],
  // What is for the guest is in a status for more people than in the group itself.
  isShown: (path, _, reader) => reader === 'Author' || path[0] !== 'spec' || path[1] !== 'guest',
};

/** What an API server would refuse or drop in the manifest of a VmGroup, or the operator ignore; see `problemsOfManifest`. */
export function problemsOfVmGroup(manifest: unknown): readonly string[] {
  return [
    ...problemsOfManifest(manifest, VM_GROUP),
    ...problemsOfAnnotations(valueAt(manifest, ['metadata', 'annotations'])),
  ];
}

/** What breaks the schema in a VmGroup that the API server has stored; see `problemsOfStored`. */
export function problemsOfStoredVmGroup(stored: unknown): readonly FieldProblem[] {
  return problemsOfStored(stored, VM_GROUP);
}

function problemsOfNamespace(namespace: unknown): readonly string[] {
  if (namespace === undefined) return [];
  if (typeof namespace === 'string' && namespace.length <= LONGEST_NAMESPACE && DNS_LABEL.test(namespace)) return [];
  return [
    `metadata.namespace is ${shown(namespace)}: give at most ${LONGEST_NAMESPACE} lower-case letters, digits and '-', ` +
      'with a letter or digit at both ends',
  ];
}

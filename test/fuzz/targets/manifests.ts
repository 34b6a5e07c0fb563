/** Manifests that are given to `vm-operator plan`. */

import type { Manifest } from '../../../src/operator/commands/manifest/manifest';
import { ManifestError } from '../../../src/operator/commands/manifest/manifest-error';
import { readManifests } from '../../../src/operator/commands/manifest/read-manifests';
import { groupPlan } from '../../../src/operator/commands/plan/group-plan';
import { planText } from '../../../src/operator/commands/plan/plan-text';
import { groupOnceApplied } from '../../../src/operator/commands/plan/stored-group';
import { InventoryStore } from '../../../src/vsphere/inventory/inventory';
import { anObservation } from '../../support/builders/observation';
import { changedText } from '../change-text';
import { promised, promisedPrintable, type Target } from '../target';

const HEAD = 'apiVersion: vm.codeconnect.vmworld.com/v1alpha1\nkind: VmGroup\n';
const WEB = `${HEAD}metadata:
  name: web
  labels: { app: web }
  annotations: { note: "a" }
spec:
  cpu: 2
  memory: 4
  replicas: 3
  template: /dc/vm/ubuntu
  placement: &place { cluster: c1, datastore: ds }
  networks:
  - name: a
    network: VM Network
  guest:
    cloudInit:
      userData: { value: "#cloud-config" }
      metadata: { secretKeyRef: { name: s, key: k } }
  updateStrategy: { rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }
`;
const LIST = `kind: List\napiVersion: v1\nitems:\n- ${WEB.trimEnd().replaceAll('\n', '\n  ')}\n`;

const inventory = new InventoryStore();
inventory.apply({ type: 'Folder', value: 'parent' }, [{ path: 'name', value: 'vm-operator' }]);
const screen = { paint: (_: string, text: string) => text, width: 100 };

async function take(text: string): Promise<void> {
  const manifests = await read(text);
  const plans = manifests.slice(0, 20).map((manifest) => {
    const group = groupOnceApplied(manifest, undefined, 0);
    return groupPlan(
      manifest.source,
      { kind: 'New' },
      anObservation(group, { folder: { kind: 'Missing' } }),
      inventory,
    );
  });
  promisedPrintable(planText(plans, screen).join('\n'));
}

async function read(text: string): Promise<readonly Manifest[]> {
  const standardInput = async function* () {
    yield text;
  };
  try {
    return await readManifests({ files: ['-'], namespace: 'shop', standardInput });
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    promisedPrintable(error.message);
    promised(error.problems.length <= 101, `at most 101 problems are told, but ${error.problems.length}`);
    const longest = error.problems.reduce((most, { length }) => Math.max(most, length), 0);
    promised(longest <= 5_000, `a problem has at most 5000 characters, but ${longest}`);
    return [];
  }
}

export const manifests: Target = {
  name: 'manifests',
  ending: 'yaml',
  seeds: [
    WEB,
    LIST,
    `${WEB}---\n${WEB.replace('web', 'api')}`,
    JSON.stringify({ kind: 'List', items: [{ kind: 'VmGroup' }] }),
  ],
  change: changedText,
  take,
};

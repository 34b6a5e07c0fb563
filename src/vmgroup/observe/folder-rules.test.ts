/** R15: the folders that may hold the groups' own folders. */
import { describe, expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID, VCENTER_UUID } from '../../../test/support/builders/observation';
import { FINALIZER, type VmGroupSpec } from '../../api/vm-group';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { plan } from '../plan/plan';
import { GroupMemory } from './group-memory';
import { observe } from './observe';

const VM = 'Datacenter:dc1/Folder:vm';
const POOL = 'Datacenter:dc1/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources';

interface Given {
  readonly folders: readonly string[];
  readonly spec?: Partial<VmGroupSpec>;
  readonly defaultFolder?: string;
  readonly drawn?: readonly string[];
  /** The folder that the last status names. */
  readonly recorded?: string;
}

/** The problems with the folder, and the steps that are planned. */
function planned({ folders, spec = {}, defaultFolder = 'vm-operator', drawn: paths = [], recorded }: Given) {
  const folder = recorded && { moRef: drawn(recorded).value, path: '/before', createdByOperator: true };
  const base = aGroup({ template: 'ubuntu', replicas: 2, ...spec }, folder ? { status: { folder } } : {});
  const group = { ...base, metadata: { ...base.metadata, finalizers: [FINALIZER] } };
  const observed = observe({
    ...{ group, clusterId: CLUSTER_ID, defaultFolder },
    now: { wallMs: 0, monotonicMs: 1_000_000 },
    inventory: anInventory(...(recorded ? [recorded] : []), ...paths, `${VM}/VirtualMachine:ubuntu`, POOL),
    vcenter: { kind: 'Ready', name: 'lab', instanceUuid: VCENTER_UUID },
    tenants: { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', allowed: { folders } },
    memory: GroupMemory.from(group, { wallMs: 0, monotonicMs: 0 }),
    isLiving: () => true,
    unclaimedClones: () => false,
    uninstalling: false,
  });
  const { problems } = observed.placement;
  return {
    problems: problems.map(({ reason, message }) => `${reason}: ${message}`),
    steps: plan(observed).actions.map(({ kind }) => kind),
  };
}

describe('the default folder', () => {
  test('R15: one that is not allowed is not made, and no folder is made in it', () => {
    const refused = {
      problems: [
        'NotAllowed: folder /dc1/vm/vm-operator (spec.placement.folder is not given) is not allowed by VCenter lab, which ' +
          'allows "/dc1/vm/tenants/*": set spec.placement.folder to one of these, or have an administrator add it to ' +
          'spec.allowed.folders of VCenter lab',
      ],
      steps: [],
    };
    const folders = ['/dc1/vm/tenants/*'];
    expect(planned({ folders })).toEqual(refused);
    expect(planned({ folders, drawn: [`${VM}/Folder:vm-operator`] })).toEqual(refused);
  });

  test('of several levels the last one counts: those above it are made on the way', () => {
    const given = { folders: ['/dc1/vm/platform/operator'], defaultFolder: 'platform/operator' };
    expect(planned(given)).toEqual({ problems: [], steps: ['CreateFolder'] });
    expect(planned({ ...given, drawn: [`${VM}/Folder:platform`] }).steps).toEqual(['CreateFolder']);
    expect(planned({ ...given, folders: ['/dc1/vm/platform'] }).problems[0]).toMatch(/^NotAllowed/);
  });
});

test('R15: a folder that the spec names is judged by its path; the field cannot be changed once set', () => {
  const given = { folders: ['/dc1/vm/tenants/**'], drawn: [`${VM}/Folder:tenants/Folder:shop`, `${VM}/Folder:bank`] };
  expect(planned({ ...given, spec: { placement: { folder: 'shop' } } })).toEqual({
    problems: [],
    steps: ['CreateFolder'],
  });
  expect(planned({ ...given, spec: { placement: { folder: 'bank' } } })).toEqual({
    problems: [
      'NotAllowed: folder /dc1/vm/bank is not allowed by VCenter lab, which allows "/dc1/vm/tenants/**": make a new group ' +
        'with spec.placement.folder set to one of these, or have an administrator add it to spec.allowed.folders of VCenter ' +
        'lab',
    ],
    steps: [],
  });
});

describe('the folder of a group that has one', () => {
  const folders = ['/dc1/vm/tenants'];
  const inside = `${VM}/Folder:tenants/Folder:shop.web`;

  test('R15: nothing is made in one that is outside by now', () => {
    const recorded = `${VM}/Folder:vm-operator/Folder:shop.web`;
    expect(planned({ folders, recorded })).toEqual({
      problems: [
        "NotAllowed: folder /dc1/vm/vm-operator, which holds the group's folder, is not allowed by VCenter lab, which allows " +
          '"/dc1/vm/tenants": have an administrator move the group\'s folder in vCenter, or add it to spec.allowed.folders of ' +
          'VCenter lab',
      ],
      steps: [],
    });
  });

  test('one that was moved to an allowed place is filled there, wherever the default folder is', () => {
    expect(planned({ folders, recorded: inside })).toEqual({ problems: [], steps: ['Clone', 'Clone'] });
  });
});

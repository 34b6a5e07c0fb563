/** What vCenter answers to the account: login, version, inventory, names of manifests, privileges. */
import { Annotation } from '../../../api/vm-group';
import type { Placement } from '../../../vmgroup/model/placement';
import {
  merged,
  missingPrivileges,
  type PrivilegeNeed,
  privilegeNeeds,
} from '../../../vmgroup/model/required-privileges';
import { ofNoNamespace } from '../../../vmgroup/observe/default-place';
import { defaultPrivilegeNeeds } from '../../../vmgroup/observe/default-privileges';
import { withFolderRules } from '../../../vmgroup/observe/folder-rules';
import { resolvePlacement } from '../../../vmgroup/observe/placement';
import type { PlacementRules } from '../../../vmgroup/observe/resolution';
import type { About, CallContext, Inventory, ManagedObjectReference } from '../../../vsphere';
import type { Manifest } from '../manifest/manifest';
import { networkRefusal } from '../network-refusal';
import { type VCenterReader, VCenterUnavailable } from '../reading';
import { type CheckStep, type Finding, failed, ok, warning } from './check-steps';
import { ENVIRONMENT, type SettingNames } from './checked-endpoint';
import { requestedMachines } from './requested-machines';

export interface VCenterStepsOptions {
  /** Connects when first called. */
  readonly open: () => VCenterReader;
  readonly timeoutMs: number;
  /** Known once the step `manifests` has passed. */
  readonly manifests: () => readonly Manifest[];
  readonly hasManifests: boolean;
  /** UID of kube-system, for the variable `$(cluster)`. */
  readonly clusterId: () => Promise<string>;
  /** What the settings are called where a person can correct them. */
  readonly names: SettingNames;
  /** Whether a step `manifests` is among those before; else what is in the files was judged elsewhere. */
  readonly hasFileStep: boolean;
  /** Between `inventory` and the checks of manifests. `rules`: those for placements. */
  readonly between?: (rules: () => Promise<PlacementRules>) => readonly CheckStep[];
  readonly signal: AbortSignal;
}

export function vcenterSteps(options: VCenterStepsOptions): readonly CheckStep[] {
  const { manifests, hasManifests, signal } = options;
  let reader: VCenterReader | undefined;
  const opened = () => (reader ??= options.open());
  let ready: About | VCenterUnavailable | undefined;
  const needs = options.hasFileStep ? ['inventory', 'manifests'] : ['inventory'];
  const placement: CheckStep = {
    check: 'placement',
    needs,
    run: async () => {
      const rules = await rulesOf(opened(), options);
      const call = { operationId: 'vmop-check', signal };
      const findings: Finding[] = [];
      for (const manifest of manifests()) findings.push(...(await checkNames(manifest, opened(), rules, call)));
      return findings;
    },
  };
  return [
    {
      check: 'login',
      needs: ['trust'],
      run: async () => {
        ready = await opened()
          .ready(options.timeoutMs, signal)
          .catch((error: unknown) => {
            if (error instanceof VCenterUnavailable) return error;
            throw error;
          });
        return checkLogin(opened().userName, ready, options.names);
      },
    },
    { check: 'version', needs: ['login'], run: async () => checkVersion(ready) },
    { check: 'inventory', needs: ['login'], run: async () => checkInventory(opened(), ready) },
    ...(options.between?.(() => rulesOf(opened(), options)) ?? []),
    ...(hasManifests ? [placement] : []),
    {
      check: 'privileges',
      needs,
      run: async () => {
        const rules = await rulesOf(opened(), options);
        return checkPrivileges(opened(), hasManifests ? manifests() : [], rules, signal);
      },
    },
  ];
}

function checkLogin(
  userName: string | undefined,
  ready: About | VCenterUnavailable | undefined,
  names: SettingNames,
): readonly Finding[] {
  if (userName !== undefined) return [ok(`logged in as ${userName}`)];
  if (!(ready instanceof VCenterUnavailable)) return [failed('there was no login')];
  const { code, message } = ready;
  return [failed(message, loginRemedy(code, names))];
}

function loginRemedy(code: string, { account, password, host }: SettingNames): string | undefined {
  switch (code) {
    case 'InvalidLogin':
      return `correct ${account}${account === ENVIRONMENT.account ? ', or the files in VC_CREDENTIALS_DIR' : ''}`;
    case 'PasswordExpired':
      return `set a new password in vCenter, and ${password} to it`;
    case 'InvalidToken':
      return `correct ${account}, and compare the clocks`;
    case 'NotVCenter':
      return `set ${host} to a vCenter`;
    default:
      return undefined;
  }
}

function checkVersion(ready: About | VCenterUnavailable | undefined): readonly Finding[] {
  if (ready === undefined || ready instanceof VCenterUnavailable) return [];
  return [ok(`${ready.fullName}, API version ${ready.apiVersion}`)];
}

function checkInventory(reader: VCenterReader, ready: About | VCenterUnavailable | undefined): readonly Finding[] {
  if (ready === undefined || ready instanceof VCenterUnavailable)
    return [failed(ready?.message ?? 'the inventory was not read')];
  const datacenters = reader.inventory.entitiesOfType(['Datacenter']);
  const machines = [...reader.inventory.virtualMachines()].length;
  if (datacenters.length === 0)
    return [failed('no datacenter is visible', 'give the account the privilege System.View on a datacenter')];
  const named = datacenters.map(({ name }) => name).join(', ');
  return [ok(`datacenter ${named}; machines and templates: ${machines}`)];
}

/** Each name of a manifest that was not found or is not allowed, or one line with all that were found. */
async function checkNames(
  manifest: Manifest,
  reader: VCenterReader,
  rules: PlacementRules,
  call: CallContext,
): Promise<readonly Finding[]> {
  const { inventory } = reader;
  const { source, namespace, name, spec } = manifest;
  const names = resolvePlacement({ spec, namespace, uid: undefined }, inventory, rules);
  const placement = withFolderRules({ spec, placement: names, folder: { kind: 'Missing' }, inventory, rules });
  const title = `${source}, ${namespace}/${name}`;
  if (placement.problems.length > 0) return placement.problems.map(({ message }) => failed(`${title}: ${message}`));
  const { template, parentFolder, networks = [] } = placement;
  const asked = { template: template?.ref, networks: placement.networks };
  const refusal = await networkRefusal(asked, reader, call);
  if (refusal !== undefined) return [failed(`${title}: ${refusal}`)];
  const folder =
    parentFolder?.kind === 'Missing'
      ? `${inventory.pathOf(parentFolder.within)}/${parentFolder.name} (will be created)`
      : parentFolder?.path;
  const paths = [
    `template ${template?.path}`,
    `folder ${folder}`,
    ...placesInWords(placement, inventory),
    ...networks.map((network) => `network ${inventory.pathOf(network)}`),
  ];
  const { refusals } = requestedMachines(manifest, placement, inventory, rules);
  const refused = refusals.map((message) => warning(`${title}: ${message}`));
  return [...lostDomains(placement, title), ...refused, ok(`${title}: ${paths.join(', ')}`)];
}

/** Failure domains that are passed over. */
function lostDomains({ domains = [] }: Placement, title: string): readonly Finding[] {
  return domains.flatMap(({ problems }) => problems.map(({ message }) => warning(`${title}: ${message}`)));
}

/** Where machines go: pool and datastore, of each failure domain that can be used. */
function placesInWords(placement: Placement, inventory: Inventory): readonly string[] {
  const { domains } = placement;
  const inWords = ({ resourcePool, datastore }: Pick<Placement, 'resourcePool' | 'datastore'>): readonly string[] => [
    ...(resourcePool === undefined ? [] : [`resource pool ${inventory.pathOf(resourcePool)}`]),
    datastore === undefined ? "the template's datastore" : `${storageNoun(datastore)} ${inventory.pathOf(datastore)}`,
  ];
  if (domains === undefined) return inWords(placement);
  const usable = domains.filter(({ problems }) => problems.length === 0);
  return usable.map((domain) => `failure domain ${domain.name} (${inWords(domain).join(', ')})`);
}

function storageNoun({ type }: ManagedObjectReference): string {
  return type === 'StoragePod' ? 'datastore cluster' : 'datastore';
}

async function checkPrivileges(
  reader: VCenterReader,
  manifests: readonly Manifest[],
  rules: PlacementRules,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const call = { operationId: 'vmop-check', signal };
  try {
    const needs = merged(await needsOf(reader, manifests, rules, call));
    if (needs.length === 0) return [warning('no privilege was checked: the names were not found')];
    const objects = needs.map(({ object }) => object);
    const granted = await reader.calls.readPrivileges(objects, call);
    return needs.map((need) => judge(need, missingPrivileges(need, granted), reader.userName));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Error && 'code' in error)) throw error;
    return [warning(`vCenter did not list the account's privileges: ${error.message}`)];
  }
}

/** Without a manifest: the objects that a group without placement would use, in each datacenter. */
async function needsOf(
  reader: VCenterReader,
  manifests: readonly Manifest[],
  rules: PlacementRules,
  call: CallContext,
): Promise<readonly PrivilegeNeed[]> {
  const { inventory } = reader;
  if (manifests.length === 0)
    return defaultPrivilegeNeeds(inventory, { ...rules, tenants: ofNoNamespace(rules.tenants) });
  const needs: PrivilegeNeed[] = [];
  for (const manifest of manifests) {
    const { spec, namespace } = manifest;
    const placement = resolvePlacement({ spec, namespace, uid: undefined }, inventory, rules);
    const source = placement.template && (await reader.calls.readCloneSource(placement.template.ref, call));
    const legacyFolder = legacyFolderOf(manifest, placement, inventory);
    const adopted = requestedMachines(manifest, placement, inventory, rules).objects;
    needs.push(...privilegeNeeds({ spec, placement, source, legacyFolder, adopted }, inventory));
  }
  return needs;
}

/** The folder of the original operator, if the manifest asks to take it over and it is there. */
function legacyFolderOf(
  { annotations, namespace, name }: Manifest,
  { parentFolder }: Placement,
  inventory: Inventory,
): ManagedObjectReference | undefined {
  if (annotations[Annotation.Legacy] !== 'Adopt' || parentFolder?.kind !== 'Found') return undefined;
  return inventory
    .entitiesIn(parentFolder.ref)
    .find((entity) => entity.type === 'Folder' && entity.name === `${namespace}-${name}`)?.ref;
}

/** The same as for `vm-operator run`. The API server is asked only if a path depends on it. */
async function rulesOf(
  { defaultFolder, tenants, clusterId: named }: VCenterReader,
  { clusterId }: VCenterStepsOptions,
): Promise<PlacementRules> {
  const paths = [defaultFolder, tenants.namespaceFolder ?? '', ...tenants.namespacePools];
  const isAsked = paths.some((path) => path.includes('$(cluster)'));
  return { defaultFolder, tenants, clusterId: named ?? (isAsked ? await clusterId() : '') };
}

function judge(
  { noun, path, privileges }: PrivilegeNeed,
  missing: readonly string[] | undefined,
  account: string | undefined,
): Finding {
  const object = `${noun} ${path}`;
  if (missing === undefined) return warning(`${object}: vCenter did not list the account's privileges there`);
  if (missing.length > 0)
    return failed(`${object}: ${missing.join(', ')} missing`, `give ${account} a role with them on it, propagated`);
  return ok(`${object}: ${privileges.length === 1 ? privileges[0] : `all ${privileges.length} that are needed`}`);
}

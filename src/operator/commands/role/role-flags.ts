import { parseArgs } from 'node:util';
import { FEATURE_NAMES, type Feature, isFeature } from '../../../vmgroup/model/features';
import { SettingsError } from '../../settings/settings-error';
import { type AccountName, accountName } from './account-name';
import { type RolePlaces, rolePlaces } from './inventory-places';

export const ROLE_OUTPUTS = ['table', 'govc', 'powercli', 'terraform', 'json'] as const;
export type RoleOutput = (typeof ROLE_OUTPUTS)[number];

export interface RoleFlags {
  /** Those that are named. */
  readonly features: readonly Feature[];
  /** Whether those that the objects of the cluster use are meant, too. */
  readonly withThoseInUse: boolean;
  /** Only groups on this VCenter; undefined: all. */
  readonly vcenter: string | undefined;
  readonly account: AccountName | undefined;
  readonly places: RolePlaces;
  readonly rolePrefix: string;
  readonly output: RoleOutput;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

const ALL = 'all';
const IN_USE = 'in-use';

export const ROLE_FLAGS_HELP = `\
  --features LIST            features, separated by commas; ${IN_USE}: those of the cluster's VmGroups and VCenters; ${ALL}
                             (default: ${IN_USE})
  --vcenter NAME             for ${IN_USE}: only groups on this VCenter object, and the object itself
  --account NAME             the operator's account in vCenter, such as operator@vsphere.local
  --datacenter NAME          datacenter, or its path; may be repeated, as each of the following
  --folder PATH              VM folder that holds the groups' folders (default: vm-operator in each datacenter)
  --adopted PATH             VM folder with machines that groups take over with spec.adopt
  --templates PATH           VM folder that holds the templates (default: the datacenter)
  --pool PATH                resource pool, or cluster (default: the datacenter)
  --datastore PATH           datastore (default: the datacenter, unless there is a datastore cluster)
  --datastore-cluster PATH   datastore cluster
  --network PATH             network or port group (default: the datacenter)
  --role-prefix NAME         begins the names of the roles (default: vm-operator)
  -o, --output FORMAT        ${ROLE_OUTPUTS.join(', ')} (default: table)
  --kubeconfig FILE          kubeconfig (default: KUBECONFIG, ~/.kube/config, or the pod's service account)
  --context NAME             context of the kubeconfig (default: its current one)
  -h, --help                 this text`;

/** Undefined for --help. Throws SettingsError. */
export function parseRoleFlags(args: readonly string[]): RoleFlags | undefined {
  const { values, positionals } = parse(args);
  if (values.help === true) return undefined;
  const [extra] = positionals;
  if (extra !== undefined) throw new SettingsError(`unexpected argument "${extra}": see vm-operator role --help`);
  for (const [flag, value] of Object.entries(values)) checkText(flag, value);
  const output = ROLE_OUTPUTS.find((known) => known === (values.output ?? 'table'));
  if (output === undefined) throw new SettingsError(`--output "${values.output}": use ${ROLE_OUTPUTS.join(', ')}`);
  const account = values.account === undefined ? undefined : accountName(values.account);
  if (account === undefined && output !== 'table' && output !== 'json')
    throw new SettingsError(
      `--output ${output} needs --account: the operator's account, such as operator@vsphere.local`,
    );
  const { features, withThoseInUse } = featuresOf(values.features ?? IN_USE);
  if (values.vcenter !== undefined && !withThoseInUse)
    throw new SettingsError(`--vcenter "${values.vcenter}": it is for --features ${IN_USE}; leave one of them out`);
  return {
    ...{ features, withThoseInUse, vcenter: values.vcenter, account, output },
    places: rolePlaces({
      datacenters: values.datacenter ?? [],
      folders: values.folder ?? [],
      adopted: values.adopted ?? [],
      templates: values.templates ?? [],
      pools: values.pool ?? [],
      datastores: values.datastore ?? [],
      datastoreClusters: values['datastore-cluster'] ?? [],
      networks: values.network ?? [],
    }),
    rolePrefix: rolePrefix(values['role-prefix'] ?? 'vm-operator'),
    ...{ kubeconfig: values.kubeconfig, context: values.context },
  };
}

function featuresOf(list: string): Pick<RoleFlags, 'features' | 'withThoseInUse'> {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => name !== ALL && name !== IN_USE && !isFeature(name));
  if (unknown !== undefined)
    throw new SettingsError(`--features "${unknown}": use ${IN_USE}, ${ALL}, or some of ${FEATURE_NAMES.join(', ')}`);
  // No group does without machines.
  const named = (feature: Feature) => feature === 'machines' || names.includes(feature) || names.includes(ALL);
  return { features: FEATURE_NAMES.filter(named), withThoseInUse: names.includes(IN_USE) };
}

/** vCenter takes 80 characters for the name of a role, and PowerCLI patterns. */
function rolePrefix(given: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,19}$/.test(given)) return given;
  throw new SettingsError(
    `--role-prefix "${given}": use 1 to 20 letters, digits, spaces and . _ -, first a letter or digit`,
  );
}

/** A line break in a value would be a line of its own in what is printed. */
function checkText(flag: string, value: string | boolean | readonly string[] | undefined): void {
  for (const text of [value].flat()) {
    if (typeof text !== 'string') continue;
    if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))
      throw new SettingsError(`--${flag} ${JSON.stringify(text)}: take the control characters out`);
    if (text.trim() === '') throw new SettingsError(`--${flag} "${text}": give a name, or leave the flag out`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        features: { type: 'string' },
        vcenter: { type: 'string' },
        account: { type: 'string' },
        datacenter: { type: 'string', multiple: true },
        folder: { type: 'string', multiple: true },
        adopted: { type: 'string', multiple: true },
        templates: { type: 'string', multiple: true },
        pool: { type: 'string', multiple: true },
        datastore: { type: 'string', multiple: true },
        'datastore-cluster': { type: 'string', multiple: true },
        network: { type: 'string', multiple: true },
        'role-prefix': { type: 'string' },
        output: { type: 'string', short: 'o' },
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new SettingsError(`${text}: see vm-operator role --help`);
  }
}

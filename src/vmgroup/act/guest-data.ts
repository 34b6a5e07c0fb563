/**
 * The cloud-init data of a replica's guest, as extraConfig of its clone: cloud-init's data source VMware reads
 * guestinfo.userdata and guestinfo.metadata, each with its encoding
 * (https://cloudinit.readthedocs.io/en/latest/reference/datasources/vmware.html).
 */
import { gzipSync } from 'node:zlib';
import { isMap, parseDocument } from 'yaml';
import { hostName, replicaId, type Slot, virtualMachineName } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';

/** The largest value that we give to vSphere, in bytes before compression. */
const LARGEST_BYTES = 512 * 1024;

/** Texts for one replica, before variables are replaced. */
export interface GuestTexts {
  readonly userData?: string;
  readonly metadata?: string;
}

/** Text that cannot be given to a guest. The message names the field and never contains the text (R10). */
export class GuestDataError extends Error {
  override readonly name = 'GuestDataError';

  constructor(
    readonly code: 'GuestDataTooLarge' | 'GuestDataInvalid',
    message: string,
  ) {
    super(message);
  }
}

/** The machine that the data is for. */
export interface GuestOf {
  readonly group: VmGroup;
  readonly slot: Slot;
  readonly clusterId: string;
  readonly instanceUuid: string;
}

/** The extraConfig of a replica with cloud-init data. Throws a GuestDataError. */
export function guestInfo(texts: GuestTexts, of: GuestOf): Readonly<Record<string, string>> {
  const variables = variablesOf(of);
  const metadata = completed(replaced(texts.metadata ?? '', variables), variables);
  const extraConfig: Record<string, string> = {
    'guestinfo.metadata': encoded(metadata, 'metadata'),
    'guestinfo.metadata.encoding': ENCODING,
  };
  if (texts.userData !== undefined) {
    extraConfig['guestinfo.userdata'] = encoded(replaced(texts.userData, variables), 'userData');
    extraConfig['guestinfo.userdata.encoding'] = ENCODING;
  }
  return extraConfig;
}

const ENCODING = 'gzip+base64';

type Variables = ReadonlyMap<string, string>;

function variablesOf({ group, slot, clusterId, instanceUuid }: GuestOf): Variables {
  const { name, namespace, uid } = group.metadata;
  return new Map([
    ['vm.name', virtualMachineName(name, uid, slot)],
    ['vm.id', replicaId(uid, slot)],
    ['vm.ordinal', String(slot.ordinal)],
    ['vm.hostname', hostName(name, uid, slot)],
    ['vm.instanceUuid', instanceUuid],
    ['vm.revision', slot.revision],
    ['group.name', name],
    ['group.namespace', namespace],
    ['cluster.name', clusterId],
  ]);
}

/** Replaces known names only: $(hostname) in a shell script stays as it is. `$$(` gives `$(`. */
function replaced(text: string, variables: Variables): string {
  return text.replace(/\$(\$\(|\(([A-Za-z.]+)\))/g, (whole, rest: string, name: string | undefined) =>
    rest === '$(' ? '$(' : (name !== undefined && variables.get(name)) || whole,
  );
}

/** The metadata, with instance-id and local-hostname added if they are missing. */
function completed(metadata: string, variables: Variables): string {
  const document = parseDocument(metadata.trim() === '' ? '{}' : metadata, { logLevel: 'silent' });
  if (document.errors.length > 0 || !isMap(document.contents)) {
    const where = document.errors[0]?.linePos?.[0].line;
    throw new GuestDataError(
      'GuestDataInvalid',
      `spec.guest.cloudInit.metadata is not a YAML mapping${where === undefined ? '' : ` (line ${where})`}: give lines such as "local-hostname: web"`,
    );
  }
  const wanted: [string, string][] = [
    ['instance-id', variables.get('vm.instanceUuid') ?? ''],
    ['local-hostname', variables.get('vm.hostname') ?? ''],
  ];
  for (const [key, value] of wanted) if (!document.has(key)) document.set(key, value);
  document.contents.flow = false;
  return document.toString();
}

function encoded(text: string, field: 'userData' | 'metadata'): string {
  const bytes = Buffer.byteLength(text);
  if (bytes > LARGEST_BYTES) {
    throw new GuestDataError(
      'GuestDataTooLarge',
      `spec.guest.cloudInit.${field} has ${bytes} bytes: give at most ${LARGEST_BYTES}, and let the guest fetch the rest at boot`,
    );
  }
  return gzipSync(text).toString('base64');
}

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuthKind, normalizeFingerprint, type ProxyAddress, proxyFromEnvironment, VsphereError } from '../../vsphere';
import { SettingsError } from './settings-error';
import { checkPath } from './tenant-flags';
import { parseVCenterAddress } from './vcenter-address';

/** The implicit vCenter of the environment, `(env)`. */
export interface VCenterSettings {
  readonly host: string;
  readonly port: number;
  readonly credentials: CredentialsSource;
  /** Path below the datacenter's VM folder of the folder that holds group folders; may hold the variable `$(cluster)`. */
  readonly folder: string;
  readonly trust: TrustSettings;
  /** How to log in with the credentials. */
  readonly auth: AuthKind;
  /** From HTTPS_PROXY and NO_PROXY. */
  readonly proxy: ProxyAddress | undefined;
}

/** Fixed credentials, or a folder that is read again at each login. */
export type CredentialsSource =
  | { readonly kind: 'Environment'; readonly userName: string; readonly password: string }
  | { readonly kind: 'Directory'; readonly directory: string };

export type TrustSettings =
  | { readonly kind: 'Insecure' }
  | {
      readonly kind: 'Verified';
      /** PEM file with the CA certificates; read again at each connect. */
      readonly caFile?: string;
      readonly fingerprints: readonly string[];
    };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads VC_* from the environment. Throws SettingsError, naming the variable and the remedy. */
export function readVCenterSettings(env: Environment, insecure: boolean): VCenterSettings {
  const directory = given(env.VC_CREDENTIALS_DIR);
  const endpoint = given(env.VC_HOST) ?? (directory && readHostFile(directory));
  if (endpoint === undefined) {
    throw new SettingsError(
      'VC_HOST is not set: set it to the vCenter (host, host:port or URL), or VC_CREDENTIALS_DIR to a folder with a file VC_HOST',
    );
  }
  const address = parseVCenterAddress(endpoint);
  return {
    ...address,
    credentials: readCredentials(env, directory),
    folder: readFolder(env.VC_FOLDER),
    trust: readTrust(env, insecure),
    auth: readAuth(env.VC_AUTH),
    proxy: readProxy(env, address),
  };
}

function readAuth(text: string | undefined): AuthKind {
  const kinds = Object.values(AuthKind);
  const word = given(text) ?? AuthKind.Password;
  const kind = kinds.find((known) => known === word);
  if (kind === undefined) throw new SettingsError(`VC_AUTH "${word}": use ${kinds.join(' or ')}`);
  return kind;
}

function readProxy(env: Environment, address: { readonly host: string; readonly port: number }) {
  try {
    return proxyFromEnvironment(env, address);
  } catch (error) {
    throw new SettingsError(VsphereError.from(error).message);
  }
}

/** The user name and password in a folder of files, such as a mounted Secret: VC_USER and VC_PASS, or username and password. */
export async function readCredentialsDirectory(
  directory: string,
): Promise<{ readonly userName: string; readonly password: string }> {
  const [userFile, passFile, userName, password] = await Promise.all(
    ['VC_USER', 'VC_PASS', 'username', 'password'].map((name) => readIfThere(join(directory, name))),
  );
  const original = userFile !== undefined && passFile !== undefined;
  const plain = userName !== undefined && password !== undefined;
  if (original && plain) {
    throw new SettingsError(
      `VC_CREDENTIALS_DIR ${directory}: has both VC_USER/VC_PASS and username/password; keep one pair`,
    );
  }
  if (original) return { userName: userFile, password: passFile };
  if (plain) return { userName, password };
  throw new SettingsError(
    `VC_CREDENTIALS_DIR ${directory}: put the account into the files VC_USER and VC_PASS (or username and password)`,
  );
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    return text.replace(/\r?\n$/, '') || undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new SettingsError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readHostFile(directory: string): string | undefined {
  try {
    return given(readFileSync(join(directory, 'VC_HOST'), 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new SettingsError(
      `VC_CREDENTIALS_DIR ${directory}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function readCredentials(env: Environment, directory: string | undefined): CredentialsSource {
  if (directory !== undefined) return { kind: 'Directory', directory };
  const userName = given(env.VC_USER);
  const password = env.VC_PASS === '' ? undefined : env.VC_PASS;
  if (userName === undefined) {
    throw new SettingsError(
      'VC_USER is not set: set VC_USER and VC_PASS to the vCenter account, or VC_CREDENTIALS_DIR to its files',
    );
  }
  if (password === undefined) throw new SettingsError('VC_PASS is not set: set it to the password of VC_USER');
  return { kind: 'Environment', userName, password };
}

/** The account of the environment, where it has one, whatever vCenter it names. */
export function accountOfEnvironment(env: Environment): CredentialsSource | undefined {
  try {
    return readCredentials(env, given(env.VC_CREDENTIALS_DIR));
  } catch (error) {
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}

/** Below the VM folder of whichever datacenter, so it has no absolute path. */
function readFolder(text: string | undefined): string {
  const folder = given(text) ?? 'vm-operator';
  if (folder.startsWith('/'))
    throw new SettingsError(
      `VC_FOLDER "${folder}": give the path below the datacenter's VM folder, without "/" at its start, as in vm-operator/$(cluster)`,
    );
  checkPath('VC_FOLDER', folder, ['cluster']);
  return folder;
}

function readTrust(env: Environment, insecure: boolean): TrustSettings {
  const caFile = given(env.VC_CA_FILE);
  const fingerprints = (given(env.VC_FINGERPRINTS) ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      const fingerprint = normalizeFingerprint(text);
      if (fingerprint !== undefined) return fingerprint;
      throw new SettingsError(
        `VC_FINGERPRINTS "${text}": not a SHA-256 fingerprint; give 32 pairs of hex digits with colons between them`,
      );
    });
  if (insecure) {
    if (caFile !== undefined || fingerprints.length > 0) {
      throw new SettingsError('--insecure contradicts VC_CA_FILE and VC_FINGERPRINTS: leave one of them out');
    }
    return { kind: 'Insecure' };
  }
  // Read here too, so that a wrong path is reported at the start.
  if (caFile !== undefined) readCaFile(caFile);
  return { kind: 'Verified', fingerprints, ...(caFile !== undefined && { caFile }) };
}

/** The certificates in VC_CA_FILE. Throws SettingsError. */
export function readCaFile(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsError(`VC_CA_FILE ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new SettingsError(`VC_CA_FILE ${file}: holds no PEM certificate (-----BEGIN CERTIFICATE-----)`);
  }
  return text;
}

const given = (text: string | undefined): string | undefined => text?.trim() || undefined;

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

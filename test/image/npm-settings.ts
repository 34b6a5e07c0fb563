import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { runToSuccess } from '../envtest/run-command';

/** Keys of npm's configuration that say where packages come from. Others are about this machine. */
const REACHING =
  /^(@[^:]+:registry|\/\/.+:\w+|registry|replace-registry-host|proxy|https-proxy|noproxy|strict-ssl|fetch-[a-z-]+)$/;
/** Where the build finds them. Its last stage runs nothing, so none of this can get into the image. */
const NPMRC = '/root/.npmrc';
const CERTIFICATES = '/run/npm-certificates.pem';

/** What npm's configuration files say. A later line of a key wins. */
export interface NpmSettings {
  /** Lines for another machine. */
  readonly lines: readonly string[];
  /** File of certificate authorities, on this machine. */
  readonly caFile: string | undefined;
}

/** Takes from npm's files what a build elsewhere needs. A `${VARIABLE}` is filled in, as npm does it. */
export function readNpmSettings(files: readonly string[], environment: NodeJS.ProcessEnv): NpmSettings {
  const values = new Map<string, string>();
  const lines = files.flatMap((text) => text.split('\n'));
  for (const line of lines) {
    const [, key, value] = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    values.set(
      key,
      value.replace(/\$\{([^}]+)\}/g, (whole, name) => environment[name] ?? whole),
    );
  }
  const registry = environment.npm_config_registry ?? environment.NPM_CONFIG_REGISTRY;
  if (registry !== undefined) values.set('registry', registry);
  const caFile = values.get('cafile')?.replace(/^"(.*)"$/, '$1');
  return {
    lines: [...values].filter(([key]) => REACHING.test(key)).map(([key, value]) => `${key}=${value}`),
    caFile: caFile ?? environment.npm_config_cafile,
  };
}

/**
 * Flags for `buildah bud` that give `npm ci` in the build the registry, accounts and certificates of this machine.
 * The files are written into the folder. They are mounted, and never copied.
 */
export async function npmSettingsFlags(
  folder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const told = (key: string) => runToSuccess('npm', ['config', 'get', key], { environment }, signal);
  const files = [await told('globalconfig'), await told('userconfig')].map((file) => file.trim());
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  const { lines, caFile } = readNpmSettings(texts, environment);

  // Node adds its extra certificates to its own; npm's take their place. The build has all of them.
  const given = [caFile, environment.NODE_EXTRA_CA_CERTS].filter((file) => file !== undefined && file !== '');
  const own = given.length === 0 ? [] : rootCertificates;
  const certificates = [
    ...(await Promise.all([...new Set(given)].map((file) => readFile(file ?? '', 'utf8')))),
    ...own,
  ];
  const npmrc = path.join(folder, 'npmrc');
  const pem = path.join(folder, 'certificates.pem');
  const trust = certificates.length === 0 ? [] : [`cafile=${CERTIFICATES}`];
  await writeFile(npmrc, [...lines, ...trust, ''].join('\n'), { mode: 0o600 });
  await writeFile(pem, certificates.join('\n'));
  return [`--volume=${npmrc}:${NPMRC}:ro`, `--volume=${pem}:${CERTIFICATES}:ro`];
}

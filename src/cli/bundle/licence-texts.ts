import { BundleError } from './bundle-error';
import type { InstalledPackage } from './installed-package';

/** A section of a README shorter than this names a licence and does not state it. */
const SHORTEST_TEXT = 500;

/**
 * The licence text that a package brings: its files LICENSE, COPYING and NOTICE, else the section of its README, else
 * `written`, the text that we keep for exactly this version. Throws if there is none: then we may not ship the package.
 */
export function licenceText(installed: InstalledPackage, written: string | undefined): string {
  const { name, version, files } = installed;
  const own = files.names.filter((file) => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(file)).toSorted();
  const text =
    own.length > 0 ? own.map((file) => files.read(file)).join('\n\n') : (readmeSection(installed) ?? written);
  if (text === undefined || text.trim() === '') {
    throw new BundleError(
      'NoLicenceText',
      `${name}@${version} is in the bundle and has no licence text: read its licence at its source and keep it as ` +
        `src/cli/bundle/licences/${name.replace('/', '__')}@${version}.txt, or leave the package out`,
    );
  }
  return withPlainLines(text);
}

/** One text for all packages of the bundle. A text that several packages share word for word stands there once. */
export function licencePage(texts: readonly (readonly [installed: InstalledPackage, text: string])[]): string {
  const groups = Map.groupBy(texts, ([, text]) => text);
  const sections = [...groups].map(([text, packages]) => {
    const names = packages.map(([{ name, version, licence }]) => `${name} ${version} (${licence})`);
    return `${'='.repeat(80)}\n${names.join('\n')}\n${'-'.repeat(80)}\n${text}\n`;
  });
  return (
    'vm-operator.js contains code of the packages below, each under its own licence. vm-operator.cdx.json lists the\n' +
    `same packages with their versions and hashes.\n\n${sections.join('\n')}`
  );
}

function readmeSection({ files }: InstalledPackage): string | undefined {
  const readme = files.names.find((file) => /^readme(\.md)?$/i.test(file));
  if (readme === undefined) return undefined;
  const [, section] = files.read(readme).split(/^(?:#+ *licen[cs]e *|licen[cs]e *\n-+)$/im);
  const text = section
    ?.split(/^#+ /m)[0]
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replace(/^\[[^\]]+\]: http.*$/gm, '')
    .trim();
  return text !== undefined && text.length >= SHORTEST_TEXT && /copyright/i.test(text) ? text : undefined;
}

function withPlainLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
}

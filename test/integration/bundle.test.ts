/** The built program and the two files that say what is in it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import lock from '../../package-lock.json';
import { buildIsDue, buildProduct, REPOSITORY } from '../demo/show/product';
import { Installation } from './installation';

interface Bill {
  readonly metadata: { readonly component: { readonly hashes: readonly { readonly content: string }[] } };
  readonly components: readonly {
    readonly purl: string;
    readonly hashes: readonly { readonly alg: string; readonly content: string }[];
    readonly licenses: readonly { readonly license?: { readonly id: string } }[];
  }[];
}

const locked: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>> = lock.packages;
const fileOf = (name: string) => readFile(path.join(REPOSITORY, 'lib', name), 'utf8');

let bundle: string;
let licences: string;
let bill: Bill;

beforeAll(async () => {
  if (await buildIsDue()) await buildProduct(new AbortController().signal);
  [bundle, licences] = [await fileOf('vm-operator.js'), await fileOf('vm-operator.js.LEGAL.txt')];
  bill = JSON.parse(await fileOf('vm-operator.cdx.json'));
});

/** The packages of the modules in the bundle, by the comment that esbuild writes above each. */
function packagesInBundle(): readonly {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}[] {
  const paths = [...bundle.matchAll(/^\s*\/\/ \S*?(node_modules\/\S+\.(?:js|cjs|mjs|json))$/gm)].map(
    ([, file = '']) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? file,
  );
  return [...new Set(paths)].sort().map((place) => ({
    name: place.replace(/^.*node_modules\//, ''),
    version: locked[place]?.version ?? '',
    integrity: locked[place]?.integrity ?? '',
  }));
}

test('every package with a module in the bundle is in the bill of materials, with its hash, and no other', () => {
  const expected = packagesInBundle().map(({ name, version, integrity }) => ({
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    hash: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
  }));
  expect(expected.length).toBeGreaterThan(50);
  const listed = bill.components.map(({ purl, hashes: [hash] }) => ({ purl, hash: hash?.content }));
  const byPurl = (a: { purl: string }, b: { purl: string }) => (a.purl < b.purl ? -1 : 1);
  expect(listed.toSorted(byPurl)).toEqual(expected.toSorted(byPurl));
  expect(bill.metadata.component.hashes).toEqual([
    { alg: 'SHA-256', content: createHash('sha256').update(bundle).digest('hex') },
  ]);
  for (const { purl, licenses } of bill.components) expect(licenses[0]?.license?.id, purl).toMatch(/^[A-Z][\w.-]+$/);
});

test('every package with a module in the bundle has its licence text beside it', () => {
  const headed = new Map(
    licences.split(/^={80}\n/m).flatMap((section) => {
      const [names = '', text = ''] = section.split(/^-{80}\n/m);
      return names.split('\n').map((line) => [line.replace(/ \(.*\)$/, ''), text] as const);
    }),
  );
  for (const { name, version } of packagesInBundle()) {
    const text = headed.get(`${name} ${version}`);
    expect(text, `${name} ${version}`).toMatch(/permission|license|redistribut/i);
    expect(text?.length, `${name} ${version}`).toBeGreaterThan(400);
  }
});

test('what is left out on purpose is in neither', () => {
  const names = packagesInBundle().map(({ name }) => name);
  for (const name of ['undici', 'xml-crypto', 'mime-db', 'lodash', 'soap-cookie']) expect(names).not.toContain(name);
});

test('the transport soap works without what is left out', async () => {
  const here = await Installation.start(inject('binaries'));
  const operator = await here.operator({ flags: ['--vsphere-transport=soap'] });
  await here.apply('web', { replicas: 2 });
  await here.untilRunning('web', 2);
  expect(operator.log.last(1000)).not.toContain('not part of this bundle');
});

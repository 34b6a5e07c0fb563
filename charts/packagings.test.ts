import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { name, version } from '../package.json';
import { writeHelmChart } from './helm-chart';
import { writeKustomizeBase } from './kustomize-base';

const PACKAGINGS = {
  'the Helm chart': (folder: string) => writeHelmChart(folder, { name, version }),
  'the kustomize base': writeKustomizeBase,
};

/** The files of a packaging by path. */
function filesOf(write: (folder: string) => void): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'packaging-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  write(folder);
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  );
}

test.for(Object.entries(PACKAGINGS))('%s is written with the same bytes each time', ([, write]) => {
  expect([...filesOf(write)]).toEqual([...filesOf(write)]);
});

test('the Helm chart has these files, and no placeholder is left', () => {
  const files = filesOf(PACKAGINGS['the Helm chart']);
  expect([...files.keys()]).toEqual([
    'Chart.yaml',
    'templates/NOTES.txt',
    'templates/checks.yaml',
    'templates/crds.yaml',
    'templates/dashboard.yaml',
    'templates/decisions-reader.yaml',
    'templates/disruption-budget.yaml',
    'templates/guest-secrets.yaml',
    'templates/metrics-reader.yaml',
    'templates/monitoring.yaml',
    'templates/network-policy.yaml',
    'templates/operator.yaml',
    'templates/served-namespaces.yaml',
    'templates/vcenter-authorities.yaml',
    'values.schema.json',
    'values.yaml',
  ]);
  for (const text of files.values()) expect(text).not.toContain('helm-template-expression');
  expect(parse(files.get('Chart.yaml') ?? '')).toMatchObject({ name, version, appVersion: version });
});

test('the values of the Helm chart are the properties of its schema', () => {
  const files = filesOf(PACKAGINGS['the Helm chart']);
  const { properties } = JSON.parse(files.get('values.schema.json') ?? '{}');
  expect(Object.keys(parse(files.get('values.yaml') ?? '')).sort()).toEqual(
    Object.keys(properties)
      .filter((key) => key !== 'global')
      .sort(),
  );
});

test('both name the image of a release, which a registry has', () => {
  const image = 'registry.example.com/vm-operator:v1';
  const chart = filesOf((folder) => writeHelmChart(folder, { name, version, image }));
  expect(parse(chart.get('values.yaml') ?? '')).toMatchObject({ image });
  const base = filesOf((folder) => writeKustomizeBase(folder, { image }));
  expect([...base.values()].join()).toContain(`image: ${image}`);
});

test('the kustomization lists all files of the kustomize base', () => {
  const files = filesOf(PACKAGINGS['the kustomize base']);
  expect([...files.keys()]).toEqual(['crds.yaml', 'kustomization.yaml', 'operator.yaml']);
  expect(parse(files.get('kustomization.yaml') ?? '').resources).toEqual(['crds.yaml', 'operator.yaml']);
  expect(parseAllDocuments(files.get('operator.yaml') ?? '')[0]?.toJS().kind).toBe('Namespace');
});

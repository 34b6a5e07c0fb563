/**
 * The package for Java, made and installed as the release does it: see other-languages.test.ts. Maven asks its registry much
 * and takes minutes the first time, so this is no part of `npm test`: `npm run test:java`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { version } from '../../package.json';
import { cacheFolder } from '../envtest/binaries/cache-folder';
import { runToSuccess } from '../envtest/run-command';
import { copyOf, isThere, makeLanguagePackages, missing, NO_SURGE, outcomeOf, RUNTIME } from './language-packages';

test('Java: the jar is put into a Maven repository, from where the app takes it', async (context) => {
  if (!(await isThere('mvn', '--version'))) missing('mvn', context);
  const folder = await mkdtemp(path.join(tmpdir(), 'java-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const packages = path.join(folder, 'packages');
  const inTypeScript = await makeLanguagePackages(folder, packages);
  const repository = `-Dmaven.repo.local=${path.join(cacheFolder(process.env), 'maven')}`;
  const maven = ['--quiet', '--batch-mode', '-Dstyle.color=never', repository];
  const cwd = path.join(packages, 'java');
  const jar = path.join(cwd, 'target', `vm-operator-${version}.jar`);
  const install = ['install:install-file', `-Dfile=${jar}`, '-DpomFile=pom.xml'];
  const noTexts = ['-Dmaven.javadoc.skip', '-Dmaven.source.skip'];
  await runToSuccess('mvn', [...maven, ...noTexts, 'package', ...install], { cwd }, new AbortController().signal);

  const app = {
    cwd: await copyOf('java', folder),
    command: ['mvn', ...maven, 'compile', 'exec:java'],
    environment: RUNTIME,
  } as const;
  const outcome = await outcomeOf(app, 'src/main/java/Main.java', { '.cpu(2)': '.cpu(0)', ...NO_SURGE });
  expect(outcome).toEqual(inTypeScript);
}, 900_000);

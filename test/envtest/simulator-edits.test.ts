import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { MODULES_FOLDER, PROGRAMS } from './binaries/program';
import { editedFiles, patched, SIMULATOR_EDITS } from './binaries/simulator-edits';
import { STRICT_HOOKS } from './binaries/strict-hooks';

describe('edits of the simulator', () => {
  const edit = { file: 'a.go', title: 'the title', find: 'sync bool', replaceBy: 'sync atomic.Bool' };

  test('replace a text that is there once, in their file only', () => {
    expect(patched('a.go', 'x sync bool y', [edit, { ...edit, file: 'b.go', find: 'y' }])).toBe('x sync atomic.Bool y');
  });

  test.each([
    ['nowhere', 0],
    ['sync bool sync bool', 2],
  ])('stop with the title of the edit if %j has its text %i times', (text, count) => {
    expect(() => patched('a.go', text, [edit])).toThrow(
      expect.objectContaining({
        code: 'EditDoesNotFit',
        message: expect.stringContaining(`in a.go the edit "the title" matches ${count} times instead of once`),
      }),
    );
  });

  test('change the simulator only, and none is empty or without effect', () => {
    const edits = [...SIMULATOR_EDITS, ...STRICT_HOOKS];
    expect(editedFiles(edits).every((file) => file.startsWith('simulator/'))).toBe(true);
    expect(edits.filter(({ find, replaceBy }) => find === '' || find === replaceBy)).toEqual([]);
  });
});

test('the versions of the programs are those in modules/go.mod', async () => {
  const goMod = await readFile(path.join(MODULES_FOLDER, 'go.mod'), 'utf8');
  expect(goMod).toMatch(new RegExp(`^require k8s.io/kubernetes ${PROGRAMS['kube-apiserver'].version}$`, 'm'));
  expect(goMod).toMatch(new RegExp(`^\\tgo.etcd.io/etcd/server/v3 ${PROGRAMS.etcd.version}( |$)`, 'm'));
  expect(goMod).toMatch(new RegExp(`^\\tgithub.com/vmware/govmomi ${PROGRAMS.vcsim.version}( |$)`, 'm'));
});

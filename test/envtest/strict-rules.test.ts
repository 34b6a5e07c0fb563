import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { STRICT_RULES, strictFlag } from './strict-vcenter/strict-options';

const FOLDER = path.join(__dirname, 'strict-vcenter', 'rules');

async function source(): Promise<string> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.go'));
  return (await Promise.all(files.map((name) => readFile(path.join(FOLDER, name), 'utf8')))).join('\n');
}

describe('the rules of the strict vCenter', () => {
  test('have the same names in TypeScript and in Go', async () => {
    const names = [...(await source()).matchAll(/^\t\w+ += "([A-Z]\w+)"$/gm)].map(([, name]) => name);
    expect([...names].sort()).toEqual([...STRICT_RULES].sort());
  });

  test.each(STRICT_RULES)('%s is described where it is written', async (rule) => {
    expect(await source()).toMatch(new RegExp(`^// ${rule}: `, 'm'));
  });

  test('a permission of a test takes the place of the standard one on the same object', () => {
    const { permissions } = JSON.parse(strictFlag({ permissions: [{ path: '/dc/vm', privileges: [] }] }, 'dc'));
    const onMachines = permissions.filter(({ path: on }: { path: string }) => on === '/dc/vm');
    expect(onMachines).toEqual([{ path: '/dc/vm', privileges: [] }]);
    expect(permissions).toHaveLength(5);
  });
});

import { expect, test } from 'vitest';
import { anInventory } from '../../../test/support/builders/inventory';
import { CLUSTER_ID } from '../../../test/support/builders/observation';
import { emptyGroupFolders } from './empty-folders';

const HOME = 'Datacenter:dc/Folder:vm/Folder:vm-operator';
const RULES = { defaultFolder: 'vm-operator', clusterId: CLUSTER_ID };

function found(
  paths: readonly string[],
  { rules = RULES, names = [] as string[], isServed = (_namespace: string): boolean => true } = {},
): string[] {
  const question = { inventory: anInventory(...paths), rules };
  return emptyGroupFolders(question, (name) => names.includes(name), isServed).map(({ name }) => name);
}

test('R13: an empty folder with the name of a group that does not exist is listed', () => {
  expect(found([`${HOME}/Folder:shop.web`, `${HOME}/Folder:bank.db`])).toEqual(['bank.db', 'shop.web']);
});

test('the folder of a group that exists is not listed', () => {
  expect(found([`${HOME}/Folder:shop.web`], { names: ['shop.web'] })).toEqual([]);
});

test('a folder with a machine or a folder in it is not listed', () => {
  expect(found([`${HOME}/Folder:shop.web/Machine:one`, `${HOME}/Folder:shop.db/Folder:within`])).toEqual([]);
});

test("a folder whose name is not that of a group is a person's", () => {
  expect(found([`${HOME}/Folder:Templates`, `${HOME}/Folder:.hidden`])).toEqual([]);
});

test('a folder outside of the default folder is not listed', () => {
  expect(
    found(['Datacenter:dc/Folder:vm/Folder:shop.web', 'Datacenter:dc/Folder:vm/Folder:other/Folder:shop.db']),
  ).toEqual([]);
});

test('a namespace that is not watched is not judged', () => {
  const isServed = (namespace: string) => namespace === 'shop';
  expect(found([`${HOME}/Folder:shop.web`, `${HOME}/Folder:bank.db`], { isServed })).toEqual(['shop.web']);
});

test("where several clusters share a vCenter, only this cluster's level is looked into", () => {
  const rules = { ...RULES, defaultFolder: 'vm-operator/$(cluster)' };
  const paths = [`${HOME}/Folder:${CLUSTER_ID}/Folder:shop.web`, `${HOME}/Folder:another/Folder:shop.db`];
  expect(found(paths, { rules })).toEqual(['shop.web']);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { devDependencies } from '../../package.json';
import { refusalOfNode } from './needed-node';

test.each(['18.20.8', '20.0.0', '22.23.3', '23.11.1'])(
  'Node %s is refused in one sentence, with the remedy',
  (version) => {
    expect(refusalOfNode(version)).toBe(
      `this is Node ${version}, with which only the constructs work: start vm-operator with Node 24 or newer`,
    );
  },
);

test.each(['24.0.0', '24.21.0', '26.10.0', '100.0.0'])('Node %s will do', (version) => {
  expect(refusalOfNode(version)).toBeUndefined();
});

test('the version that tests and the image run on is the oldest that will do', () => {
  const [major = ''] = devDependencies.node.split('.');
  expect(refusalOfNode(devDependencies.node)).toBeUndefined();
  expect(refusalOfNode(`${Number(major) - 1}.99.99`)).toBeDefined();
});

test('it is looked at before any other module of ours is loaded', () => {
  const [first] = readFileSync(join(__dirname, 'main.ts'), 'utf8').match(/^import .*/m) ?? [];
  expect(first).toBe("import './needed-node';");
});

import { expect, test } from 'vitest';
import { readNpmSettings } from './npm-settings';

test('a build gets where packages come from, and nothing that is about this machine', () => {
  const { lines, caFile } = readNpmSettings(
    [
      'registry=https://one.example/\ncafile=/etc/ca.pem\nprefix=/home/somebody',
      '; a comment\n@ours:registry = https://two.example/',
    ],
    {},
  );
  expect(lines).toEqual(['registry=https://one.example/', '@ours:registry=https://two.example/']);
  expect(caFile).toBe('/etc/ca.pem');
});

test("the user's file wins over the machine's, and the environment over both", () => {
  const files = ['registry=https://one.example/', 'registry=https://two.example/'];
  expect(readNpmSettings(files, {}).lines).toEqual(['registry=https://two.example/']);
  expect(readNpmSettings(files, { npm_config_registry: 'https://three.example/' }).lines).toEqual([
    'registry=https://three.example/',
  ]);
});

test('an account is filled in, because the build has no environment of ours', () => {
  const line = '//one.example/:_authToken=$' + '{NPM_TOKEN}';
  expect(readNpmSettings([line], { NPM_TOKEN: 'token of nobody' }).lines).toEqual([
    '//one.example/:_authToken=token of nobody',
  ]);
});

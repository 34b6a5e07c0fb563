import { expect, test } from 'vitest';
import { parseStatusFlags } from './status-flags';

test('without arguments: the groups of the namespace of the context, as a table', () => {
  expect(parseStatusFlags([])).toEqual({
    ...{ name: undefined, namespace: undefined, allNamespaces: false, watch: false, output: 'table' },
    ...{ kubeconfig: undefined, context: undefined, help: false },
  });
});

test.each([
  [['web'], { name: 'web', namespace: undefined }],
  [['shop/web'], { name: 'web', namespace: 'shop' }],
  [['web', '-n', 'shop'], { name: 'web', namespace: 'shop' }],
  [['shop/web', '-n', 'shop', '-w', '-o', 'json'], { name: 'web', namespace: 'shop', watch: true, output: 'json' }],
  [['-A', '--context', 'lab', '--kubeconfig', 'f'], { allNamespaces: true, context: 'lab', kubeconfig: 'f' }],
])('%j', (args, flags) => expect(parseStatusFlags(args)).toMatchObject(flags));

test.each([
  [['a', 'b'], 'unexpected argument "b": name one group, or none for all of a namespace'],
  [['a/b/c'], '"a/b/c" is not the name of a group: give NAME or NAMESPACE/NAME'],
  [['Web'], '"Web" is not the name of a group: give NAME or NAMESPACE/NAME'],
  [['shop/web', '-n', 'test'], '--namespace "test": the group shop/web names another one'],
  [['-n', '../x'], '--namespace "../x": not a namespace name'],
  [['-A', 'web'], '--all-namespaces: leave it out to name a group or a namespace'],
  [['-A', '-n', 'shop'], '--all-namespaces: leave it out to name a group or a namespace'],
  [['-o', 'yaml'], '--output "yaml": use table or json'],
  [['--colour'], "Unknown option '--colour': see vm-operator status --help"],
])('%j is refused', (args, message) => expect(() => parseStatusFlags(args)).toThrow(message));

/** What `vm-operator` does as well under the name of the kubectl plugin. `run` is for the cluster. */
const COMMANDS: ReadonlySet<string> = new Set([
  'status',
  'why',
  'plan',
  'check',
  'role',
  'version',
  '--version',
  'help',
]);

/** The arguments of `vm-operator` for those of `kubectl vg`: `status`, unless another command comes first. */
export function argumentsOfPlugin(args: readonly string[]): readonly string[] {
  const [first] = args;
  return first !== undefined && COMMANDS.has(first) ? args : ['status', ...args];
}

/** What a stranger may write into the spec of a group to stop the others (R14). */
const metadata = (value: string) => ({ guest: { cloudInit: { metadata: { value } } } });
const laughs = [...'bcdefghij'].map((name, index) => {
  const before = `*${'abcdefghij'[index]}, `;
  return `${name}: &${name} [${before.repeat(10)}]`;
});

/** Each is a spec that the CRD takes, and what its status says. */
export const HOSTILE_SPECS: Readonly<Record<string, readonly [object, string]>> = {
  // This one stopped everybody: its keys were compared with each other, once for each replica.
  keys: [
    { replicas: 100, ...metadata(Array.from({ length: 12_000 }, (_, key) => `${key.toString(36)}:`).join('\n')) },
    'spec.guest.cloudInit.metadata has',
  ],
  deep: [{ replicas: 100, ...metadata('? '.repeat(8_000)) }, 'spec.guest.cloudInit.metadata is not a YAML mapping'],
  laughs: [
    { replicas: 100, ...metadata(`a: &a [${'x, '.repeat(10)}]\n${laughs.join('\n')}\n`) },
    'spec.guest.cloudInit.metadata is not a YAML mapping',
  ],
  variables: [
    {
      replicas: 100,
      guest: { cloudInit: { userData: { value: '$(vm.name)'.repeat(6_553) }, metadata: { value: '[' } } },
    },
    'spec.guest.cloudInit.metadata is not a YAML mapping',
  ],
  terminal: [{ template: '\u001b[2J\u009b\nall is well' }, 'template "\\u001b[2J\\u009b\\nall is well" was not found'],
  path: [{ template: '/'.repeat(2_048) }, 'for it has a "/" at its end or two in a row: correct spec.template'],
};

/** What a person reads for a vCenter. The name of that of the environment is the same everywhere: its host says more. */
export function vcenterForPeople({ name, host }: { readonly name: string; readonly host?: string }): string {
  return host === undefined ? name : `${host} ${name}`;
}

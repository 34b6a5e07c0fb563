import { expect, test } from 'vitest';
import { CookieJar } from './cookie-jar';

test('a server that sets one cookie after the other fills neither the memory nor the requests', () => {
  const jar = new CookieJar();
  jar.store('/sdk', ['vmware_soap_session="a"; Path=/; HttpOnly']);
  for (let id = 0; id < 1_000; id += 1) {
    jar.store('/sdk', [`c${id}=${id}`, `long${id}=${'x'.repeat(5_000)}`]);
    jar.store('/sdk', ['vmware_soap_session="a"; Path=/; HttpOnly']);
  }
  const header = jar.header('/sdk') ?? '';
  expect(header.split('; ')).toHaveLength(16);
  expect(header).toContain('vmware_soap_session="a"');
  expect(jar.header('/pbm')).toBeUndefined();
});

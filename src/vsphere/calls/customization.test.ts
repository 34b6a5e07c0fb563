import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { linuxCustomization, windowsCustomization } from '../../../test/support/customization-samples';
import type { CustomizedAdapter, StoredCustomization } from '../port';
import type { Session } from '../session/session';
import type { CustomizationSpec } from '../vim25/customization-types';
import { AnswerDecoder } from '../vim25/decode';
import { encodeCall } from '../vim25/encode';
import { VsphereError } from '../vim25/vsphere-error';
import { customizationSpec, readCustomizationSpec } from './customization';

const VM = { type: 'VirtualMachine', value: 'vm-1' };
const call = { operationId: 'o', signal: new AbortController().signal };
const NAME = { linux: '<name>web-1</name>', windows: '<name>WEB</name>' };

/** The elements inside a specification, as a request has them. */
function sentBy(customization: CustomizationSpec): string {
  const spec = { location: {}, template: false, customization, powerOn: false };
  const text = encodeCall('CloneVM_Task', VM, { folder: VM, name: 'n', spec }, 'o');
  return /<customization>(.*)<\/customization>/s.exec(text)?.[1] ?? '';
}

/** A session of a vCenter that stores this specification. */
function sessionWith(inner: string): Session {
  const decoder = new AnswerDecoder('GetCustomizationSpec');
  const item = `<info><name>n</name><type>Linux</type></info><spec>${inner}</spec>`;
  decoder.write(
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      'xmlns:xsd="http://www.w3.org/2001/XMLSchema"><e:Body>' +
      `<GetCustomizationSpecResponse><returnval>${item}</returnval></GetCustomizationSpecResponse></e:Body></e:Envelope>`,
  );
  const answer = decoder.end();
  const value = answer.kind === 'Result' ? answer.value : undefined;
  const manager = { type: 'CustomizationSpecManager', value: 'm' };
  return { service: { customizationSpecManager: manager }, invoke: async () => value } as unknown as Session;
}

async function stored(inner: string): Promise<StoredCustomization> {
  const found = await readCustomizationSpec(sessionWith(inner), 'n', call);
  if (found === undefined) throw new Error('nothing is stored');
  return found;
}

const sent = async (inner: string, adapters: readonly (CustomizedAdapter | undefined)[] = []) =>
  sentBy(customizationSpec({ stored: await stored(inner), hostName: 'ours', adapters }));

describe('a stored specification', () => {
  test.each([
    ['LinuxPrep', linuxCustomization, NAME.linux, 5],
    ['Sysprep', windowsCustomization, NAME.windows, 0],
  ] as const)('for %s comes back with a clone as it is, all but the host name', async (kind, spec, name, adapters) => {
    const inner = sentBy(spec);
    expect(inner).toContain(name);
    expect(await stored(inner)).toMatchObject({ kind, adapters });
    expect((await stored(inner)).unknown).toBeUndefined();
    expect(await sent(inner)).toBe(inner.replace(name, '<name>ours</name>'));
  });

  test.each([
    ['CloudinitPrep', '<metadata>local-hostname: a</metadata><userdata>u</userdata>'],
    ['SysprepText', '<value>&lt;unattend/&gt;</value>'],
  ])('of %s keeps the name in its own text', async (type, fields) => {
    const inner = `<identity xsi:type="Customization${type}">${fields}</identity><globalIPSettings></globalIPSettings>`;
    expect(await sent(inner)).toBe(inner);
  });

  test.each<[string, (inner: string) => string, string]>([
    [
      'a new field',
      (inner) => inner.replace('<fullName>', '<future>hunter2</future><fullName>'),
      'spec.identity.userData.future',
    ],
    ['a new field at the top', (inner) => `${inner}<future/>`, 'spec.future'],
    [
      'a new kind of name',
      (inner) => inner.replace('CustomizationFixedName', 'CustomizationFutureName'),
      'spec.identity.userData.computerName (CustomizationFutureName)',
    ],
    [
      'a new kind of identity',
      (inner) => inner.replace('CustomizationSysprep', 'CustomizationFuturePrep'),
      'spec.identity (CustomizationFuturePrep)',
    ],
  ])('with %s says so, since it would be lost with a clone', async (_what, change, unknown) => {
    expect(await stored(change(sentBy(windowsCustomization)))).toMatchObject({ unknown });
  });

  test('R10: shows nothing of what is in it', async () => {
    const found = await stored(sentBy(windowsCustomization));
    for (const shown of [JSON.stringify(found), inspect(found, { depth: 9, showHidden: true }), String(found)])
      expect(shown).not.toContain('encrypted');
  });

  test('that is not there is undefined, and another failure is one', async () => {
    const failing = (code: string) =>
      ({
        service: { customizationSpecManager: VM },
        invoke: () => Promise.reject(new VsphereError(code, 'no', 'Refused')),
      }) as unknown as Session;
    expect(await readCustomizationSpec(failing('NotFound'), 'n', call)).toBeUndefined();
    await expect(readCustomizationSpec(failing('NoPermission'), 'n', call)).rejects.toMatchObject({
      code: 'NoPermission',
    });
  });

  test('that another client has read is not sent', () => {
    const foreign = { kind: 'LinuxPrep', adapters: 0 } as const;
    expect(() => customizationSpec({ stored: foreign, hostName: 'ours' })).toThrow('another connection');
  });
});

describe('static addresses', () => {
  const dhcp = { adapter: { ip: { xsiType: 'CustomizationDhcpIpGenerator' } } };
  const given = { ...linuxCustomization, nicSettingMap: [dhcp, { adapter: { ...dhcp.adapter, dnsDomain: 'd' } }] };

  test('take the place of what is stored for their adapter, and nothing else', async () => {
    const text = await sent(sentBy(given), [
      { address: '10.0.0.10/22', gateway: '10.0.0.1', nameservers: ['10.0.0.9'] },
    ]);
    expect(text).toContain(
      '<nicSettingMap><adapter><ip xsi:type="CustomizationFixedIp"><ipAddress>10.0.0.10</ipAddress></ip>' +
        '<subnetMask>255.255.252.0</subnetMask><gateway>10.0.0.1</gateway><dnsServerList>10.0.0.9</dnsServerList></adapter></nicSettingMap>' +
        '<nicSettingMap><adapter><ip xsi:type="CustomizationDhcpIpGenerator"></ip><dnsDomain>d</dnsDomain></adapter></nicSettingMap>',
    );
    expect(text).toContain('<dnsServerList>10.0.0.9</dnsServerList></globalIPSettings>');
  });

  test('of IPv6 leave IPv4 as it is stored', async () => {
    expect(await sent(sentBy(given), [undefined, { address: '2001:db8::7/64', gateway: '2001:db8::1' }])).toContain(
      '<ip xsi:type="CustomizationDhcpIpGenerator"></ip><ipV6Spec><ip xsi:type="CustomizationFixedIpV6">' +
        '<ipAddress>2001:db8::7</ipAddress><subnetMask>64</subnetMask></ip><gateway>2001:db8::1</gateway></ipV6Spec>',
    );
  });

  test.each([
    ['0', '0.0.0.0'],
    ['8', '255.0.0.0'],
    ['25', '255.255.255.128'],
    ['32', '255.255.255.255'],
  ])('with the prefix length %s have the mask %s', async (prefix, mask) => {
    expect(await sent(sentBy(given), [{ address: `10.0.0.1/${prefix}` }])).toContain(
      `<subnetMask>${mask}</subnetMask>`,
    );
  });
});

import { describe, expect, test } from 'vitest';
import { typed } from './describe';
import { encodeCall } from './encode';
import { OptionValue, TraversalSpec } from './types';

const VM = { type: 'VirtualMachine', value: 'vm-1' };
const FOLDER = { type: 'Folder', value: 'group-1' };

/** The content of the body. */
function bodyOf(xml: string): string {
  return /<soapenv:Body>(.*)<\/soapenv:Body>/s.exec(xml)?.[1] ?? '';
}

describe('a request', () => {
  test('has the operation id in the header and its parameters in the order of the description', () => {
    const xml = encodeCall('Login', FOLDER, { password: 'p&"<', userName: 'u' }, 'vmop-login');
    expect(xml).toContain('<soapenv:Header><operationID xmlns="urn:vim25">vmop-login</operationID></soapenv:Header>');
    expect(bodyOf(xml)).toBe(
      '<Login xmlns="urn:vim25"><_this type="Folder">group-1</_this><userName>u</userName><password>p&amp;"&lt;</password></Login>',
    );
  });

  test('to clone has its fields in the order of the WSDL, and xsi:type for extraConfig', () => {
    const spec = {
      powerOn: false,
      template: false,
      config: {
        extraConfig: [typed(OptionValue, { value: 'v', key: 'k' })],
        memoryMB: 4096n,
        numCPUs: 2,
        annotation: '',
        instanceUuid: 'i',
      },
      location: { pool: { type: 'ResourcePool', value: 'r' }, datastore: { type: 'Datastore', value: 'd' } },
    };
    expect(bodyOf(encodeCall('CloneVM_Task', VM, { spec, name: 'n', folder: FOLDER }, 'x'))).toBe(
      '<CloneVM_Task xmlns="urn:vim25"><_this type="VirtualMachine">vm-1</_this><folder type="Folder">group-1</folder><name>n</name>' +
        '<spec><location><datastore type="Datastore">d</datastore><pool type="ResourcePool">r</pool></location><template>false</template>' +
        '<config><instanceUuid>i</instanceUuid><annotation></annotation><numCPUs>2</numCPUs><memoryMB>4096</memoryMB>' +
        '<extraConfig xsi:type="OptionValue"><key>k</key><value xsi:type="xsd:string">v</value></extraConfig></config>' +
        '<powerOn>false</powerOn></spec></CloneVM_Task>',
    );
  });

  test('puts the fields of a base type first', () => {
    const selectSet = [typed(TraversalSpec, { skip: false, path: 'view', type: 'ContainerView', name: 'n' })];
    const spec = {
      propSet: [{ type: 'Task', pathSet: ['info'] }],
      objectSet: [{ obj: FOLDER, skip: true, selectSet }],
    };
    expect(bodyOf(encodeCall('CreateFilter', FOLDER, { spec, partialUpdates: false }, 'x'))).toContain(
      '<objectSet><obj type="Folder">group-1</obj><skip>true</skip><selectSet xsi:type="TraversalSpec"><name>n</name>' +
        '<type>ContainerView</type><path>view</path><skip>false</skip></selectSet></objectSet></spec><partialUpdates>false</partialUpdates>',
    );
  });

  test('has zero, false and the empty text, and nothing for a field that is undefined', () => {
    const options = { maxWaitSeconds: 0, maxObjectUpdates: undefined };
    expect(bodyOf(encodeCall('WaitForUpdatesEx', FOLDER, { version: '', options }, 'x'))).toContain(
      '<version></version><options><maxWaitSeconds>0</maxWaitSeconds></options>',
    );
    expect(bodyOf(encodeCall('RetrievePropertiesEx', FOLDER, { specSet: [], options: {} }, 'x'))).toContain(
      '<options></options>',
    );
  });

  test.each([
    ['a control character', 'a\u0001'],
    ['a zero', '\u0000'],
    ['half of a surrogate pair', '\ud800x'],
    ['a non-character', '\uffff'],
  ])('with %s is refused before anything is sent', (_, name) => {
    expect(() => encodeCall('CreateFolder', FOLDER, { name }, 'x')).toThrow(
      expect.objectContaining({ code: 'InvalidInput', outcome: 'NotSent' }),
    );
  });

  test('keeps tabs, line breaks, emoji and a carriage return', () => {
    expect(bodyOf(encodeCall('CreateFolder', FOLDER, { name: '\t\n😀\r' }, 'x'))).toContain('<name>\t\n😀&#13;</name>');
  });
});

/** The part of SOAP that the proxy understands. It shares no code with the client under test. */
import type { FaultSpec } from './rules';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soapenv:Body>';
const TAIL = '</soapenv:Body></soapenv:Envelope>';

/** Method of a request, or '' if it is not SOAP. */
export function methodOf(body: string): string {
  return /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? '';
}

export function operationIdOf(body: string): string {
  return /<(?:\w+:)?operationID[^>]*>([^<]*)</.exec(body)?.[1] ?? '';
}

export function soapFault({ type, fieldsXml = '', text = '' }: FaultSpec): string {
  const detail = `<${type}Fault xmlns="urn:vim25" xsi:type="${type}">${fieldsXml}</${type}Fault>`;
  const head = `<faultcode>ServerFaultCode</faultcode><faultstring>${text}</faultstring>`;
  return `${HEAD}<soapenv:Fault>${head}<detail>${detail}</detail></soapenv:Fault>${TAIL}`;
}

/** A call that ends a session. */
export function logout(): string {
  return `${HEAD}<Logout xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this></Logout>${TAIL}`;
}

/** A power-off of a machine that is already off. Its task fails and does nothing; it replaces the requested task. */
export function harmlessTask(body: string): string {
  const self = /<(?:\w+:)?_this[^>]*>([^<]*)</.exec(body)?.[1] ?? '';
  return `${HEAD}<PowerOffVM_Task xmlns="urn:vim25"><_this type="VirtualMachine">${self}</_this></PowerOffVM_Task>${TAIL}`;
}

export function asAnswerTo(method: string, answer: string): string {
  return answer.replaceAll('PowerOffVM_TaskResponse', `${method}Response`);
}

export function taskIn(answer: string): string | undefined {
  return /<returnval type="Task">([^<]*)</.exec(answer)?.[1];
}

/** Puts the faults of the rules into the TaskInfo of the harmless tasks. */
export function rewriteTasks(answer: string, faults: ReadonlyMap<string, FaultSpec>): string {
  let text = answer;
  for (const [task, { type, fieldsXml = '', text: message = '' }] of faults) {
    if (!text.includes(`<key>${task}</key>`)) continue;
    const info = new RegExp(
      `(<key>${task}</key>(?:(?!</val>)[\\s\\S])*?<error[^>]*>)(?:(?!</val>)[\\s\\S])*?(</error>)`,
      'g',
    );
    const fault = `<fault xsi:type="${type}">${fieldsXml}</fault><localizedMessage>${message}</localizedMessage>`;
    text = text.replace(info, `$1${fault}$2`);
  }
  return text;
}

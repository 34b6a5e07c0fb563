import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Asked,
  envelope,
  httpsServer,
  sendXml,
  soapFault,
  type TestServer,
  VERSIONS,
} from '../../../../test/support/https-server';
import { VirtualClock } from '../../../../test/support/time/virtual-clock';
import { type Clock, systemClock } from '../../../time/clock';
import { classifyFailure } from '../../fault/classify';
import { HttpsTransport } from '../../transport/https-transport';
import { Trust } from '../../transport/trust';
import { TokenLogin } from '../authenticator';
import { silentLog } from '../log';
import { LoginBreaker } from '../login-breaker';
import { RefusedLogins } from '../refused-logins';
import { Session } from '../session';
import { readIssueAnswer } from './issue-answer';
import { TokenIssuer } from './token-issuer';

const PASSWORD = 'sts-secret';
/**
 * Has everything that a new writing would change: quotes, blanks, an entity, an empty element, CRLF, an emoji, a
 * comment.
 */
const ASSERTION =
  '<saml2:Assertion xmlns:saml2=\'urn:oasis:names:tc:SAML:2.0:assertion\'\r\n ID="_1" ><saml2:Subject ><saml2:NameID>a&#64;b 😀&amp;</saml2:NameID></saml2:Subject><!-- c --><x:e   xmlns:x="u"></x:e><outer:f/></saml2:Assertion >';

const iso = (ms: number) => new Date(ms).toISOString();
const issued = (assertion = ASSERTION, lifetimeMs = 300_000) =>
  '<?xml version="1.0"?>\r\n<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" xmlns:outer="urn:outer"><S:Header><wsu:Timestamp xmlns:wsu="u"><wsu:Created>2001-01-01T00:00:00Z</wsu:Created></wsu:Timestamp></S:Header>' +
  '<S:Body><wst:RequestSecurityTokenResponseCollection xmlns:wst="t"><wst:RequestSecurityTokenResponse>' +
  `<wst:RequestedSecurityToken>${assertion}</wst:RequestedSecurityToken>` +
  `<wst:Lifetime><wsu:Created xmlns:wsu="u">${iso(0)}</wsu:Created><wsu:Expires xmlns:wsu="u">${iso(lifetimeMs)}</wsu:Expires></wst:Lifetime>` +
  '</wst:RequestSecurityTokenResponse></wst:RequestSecurityTokenResponseCollection></S:Body></S:Envelope>';

const SESSION = envelope(
  '<LoginByTokenResponse xmlns="urn:vim25"><returnval><key>k</key><userName>D\\u</userName></returnval></LoginByTokenResponse>',
);
const CONTENT = envelope(
  '<RetrieveServiceContentResponse xmlns="urn:vim25"><returnval><rootFolder type="Folder">f</rootFolder><propertyCollector type="PropertyCollector">p</propertyCollector><viewManager type="ViewManager">v</viewManager>' +
    '<about><name>n</name><fullName>f</fullName><version>8</version><apiType>VirtualCenter</apiType><apiVersion>8</apiVersion></about>' +
    '<sessionManager type="SessionManager">s</sessionManager><taskManager type="TaskManager">t</taskManager><searchIndex type="SearchIndex">i</searchIndex></returnval></RetrieveServiceContentResponse>',
);
const fault = (type: string) => soapFault('ServerFaultCode', 'no', `<f xsi:type="${type}"/>`);

let server: TestServer;
let sts: (asked: Asked, response: ServerResponse) => void;
let logins: (response: ServerResponse) => void;
let transport: HttpsTransport;

beforeEach(async () => {
  sts = (_, response) => sendXml(response, issued());
  logins = (response) => sendXml(response, SESSION);
  server = await httpsServer((asked, response) => {
    if (asked.path.startsWith('/sts')) sts(asked, response);
    else if (asked.method === 'GET') sendXml(response, VERSIONS('8.0.2.0'));
    else if (asked.body.includes('<LoginByToken')) logins(response);
    else if (asked.body.includes('<RetrieveServiceContent')) sendXml(response, CONTENT);
    else sendXml(response, fault('NotAuthenticated'), 500);
  });
  const trust = new Trust({ caBundle: server.caBundle }, systemClock);
  transport = new HttpsTransport({ address: server.address, trust, clock: systemClock });
});
afterEach(() => {
  transport.close();
  server.close();
});

const signal = new AbortController().signal;
const call = { operationId: 'x', signal };

function sessionBy(clock: Clock, userName = 'u@corp.local'): Session {
  return new Session({
    transport,
    credentials: async () => ({ userName, password: PASSWORD }),
    breaker: new LoginBreaker({ refused: new RefusedLogins(clock, () => 0.5), place: 'vc:443' }),
    authenticator: new TokenLogin(new TokenIssuer(transport.exchange, clock), clock),
    clock,
    log: silentLog,
  });
}

const issues = () => server.asked.filter(({ path }) => path.startsWith('/sts'));
const logged = () => server.asked.filter(({ body }) => body.includes('<LoginByToken'));
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

describe('a login by token', () => {
  test('sends the password to the STS, and the assertion byte by byte to vCenter', async () => {
    const session = sessionBy(systemClock);
    await session.open(call);
    expect(session.userName).toBe('D\\u');
    expect(issues().map(({ path }) => path)).toEqual(['/sts/STSService']);
    expect(issues()[0]?.headers.soapaction).toBe('http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue');
    const [login] = logged();
    expect(login?.body).toContain(ASSERTION);
    // A prefix that the assertion uses is declared around it.
    expect(login?.body).toMatch(/<wsse:Security [^>]*xmlns:outer="urn:outer"/);
    expect(login?.body).not.toContain(PASSWORD);
  });

  test('sends the elements in the order of WS-Trust', async () => {
    await sessionBy(systemClock).open(call);
    const elements = [...(issues()[0]?.body ?? '').matchAll(/<(w[\w]+:\w+)/g)].map(([, name]) => name);
    expect(elements).toEqual([
      ...['wsse:Security', 'wsu:Timestamp', 'wsu:Created', 'wsu:Expires'],
      ...['wsse:UsernameToken', 'wsse:Username', 'wsse:Password', 'wst:RequestSecurityToken', 'wst:TokenType'],
      ...['wst:RequestType', 'wst:Lifetime', 'wsu:Created', 'wsu:Expires', 'wst:Renewing', 'wst:Delegatable'],
      ...['wst:KeyType', 'wst:SignatureAlgorithm'],
    ]);
  });

  test('looks for the STS at the path with the domain too', async () => {
    sts = ({ path }, response) => {
      if (path === '/sts/STSService/vsphere.local') sendXml(response, issued());
      else response.writeHead(404).end();
    };
    const session = sessionBy(systemClock);
    await session.open(call);
    expect(issues().map(({ path }) => path)).toEqual([
      '/sts/STSService',
      '/sts/STSService/corp.local',
      '/sts/STSService/vsphere.local',
    ]);
  });

  test('uses the token again after a lost session, and gets a new one when it has ended', async () => {
    const clock = new VirtualClock();
    const login = new TokenLogin(new TokenIssuer(transport.exchange, clock), clock);
    const again = () =>
      login.login(transport, { type: 'SessionManager', value: 's' }, { userName: 'u', password: PASSWORD }, call);
    await again();
    await again();
    expect(issues()).toHaveLength(1);
    await clock.advance(280_000);
    await again();
    expect(issues()).toHaveLength(2);
  });

  test.each(['InvalidToken', 'InvalidLogin'])('gets one new token when a kept one is %s', async (type) => {
    const clock = new VirtualClock();
    const login = new TokenLogin(new TokenIssuer(transport.exchange, clock), clock);
    const again = () =>
      login.login(transport, { type: 'SessionManager', value: 's' }, { userName: 'u', password: PASSWORD }, call);
    await again();
    let refusals = 1;
    logins = (response) => (refusals-- > 0 ? sendXml(response, fault(type), 500) : sendXml(response, SESSION));
    await again();
    expect(issues()).toHaveLength(2);
    logins = (response) => sendXml(response, fault(type), 500);
    expect(await failureOf(again())).toMatchObject({ code: type });
    expect(issues()).toHaveLength(3);
  });
});

describe('a refusal of the STS', () => {
  test('of the account stops further tries for half an hour', async () => {
    sts = (_, response) => sendXml(response, soapFault('ns0:FailedAuthentication', 'Invalid credentials'), 500);
    const session = sessionBy(systemClock);
    const first = await failureOf(session.open(call));
    expect(first).toMatchObject({ code: 'FailedAuthentication', outcome: 'Refused' });
    expect(first.message).toContain('Invalid credentials');
    expect(first.message).toContain('u@corp.local');
    expect(first.message).not.toContain(PASSWORD);
    await failureOf(session.open(call));
    expect(issues()).toHaveLength(1);
  });

  test('of the time says how far the clocks differ, and is not a failed login', async () => {
    const clock = new VirtualClock(systemClock.wallMs() + 20 * 60_000);
    sts = (_, response) => sendXml(response, soapFault('ns0:RequestExpired', 'Request expired: invalid lifetime'), 500);
    const login = new TokenIssuer(transport.exchange, clock);
    const error = await failureOf(login.issue({ userName: 'u', password: PASSWORD }, signal));
    expect(error).toMatchObject({ code: 'ClockSkew' });
    expect(error.message).toContain("the clock of the operator is 20 min ahead of the server's");
  });

  const EXPIRED =
    'The token authority rejected an issue request for TimePeriod [startTime=Thu Jan 02 09:22:13 EST 2020, endTime=Thu Jan 02 09:27:13 EST 2020] ' +
    ':: Signing certificate is not valid at Thu Jan 02 09:22:13 EST 2020, cert validity: TimePeriod [startTime=Wed Jan 06 20:44:39 EST 2010, endTime=Wed Jan 01 20:54:23 EST 2020]';

  test.each([
    ['while the clocks agree', 0, 'StsCertificateInvalid', 'renew the signing certificate of the STS in vCenter'],
    ['while they differ by days', 3 * 86_400_000, 'ClockSkew', '4320 min ahead of'],
  ])('for its signing certificate, %s, says what to do', async (_, aheadMs, code, remedy) => {
    const clock = new VirtualClock(systemClock.wallMs() + aheadMs);
    sts = (__, response) => sendXml(response, soapFault('ns0:InvalidTimeRange', EXPIRED), 500);
    const issuer = new TokenIssuer(transport.exchange, clock);
    const error = await failureOf(issuer.issue({ userName: 'u', password: PASSWORD }, signal));
    expect(error).toMatchObject({ code, outcome: 'Refused' });
    expect(error.message).toContain(remedy);
    expect(classifyFailure(error)).toMatchObject({ class: 'needs-user', backoff: 'HalfHour' });
  });

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['not found', (response) => response.writeHead(404).end(), 'NotVCenter'],
    ['down', (response) => response.writeHead(503).end('<html/>'), 'Unavailable'],
    ['garbage', (response) => sendXml(response, 'garbage'), 'MalformedResponse'],
    ['without a token', (response) => sendXml(response, envelope('')), 'MalformedResponse'],
    ['cut', (response) => sendXml(response, issued().slice(0, -20)), 'MalformedResponse'],
    ['another fault', (response) => sendXml(response, soapFault('ns0:BadRequest', 'no'), 500), 'SoapFault'],
  ])('that is %s ends in %s', async (_, answer, code) => {
    sts = (__, response) => answer(response);
    const issuer = new TokenIssuer(transport.exchange, systemClock);
    const error = await failureOf(issuer.issue({ userName: 'u', password: PASSWORD }, signal));
    expect(error).toMatchObject({ name: 'VsphereError', code });
    expect(error.message).not.toContain(PASSWORD);
  });
});

test.each([
  ['a document type', `<!DOCTYPE a [<!ENTITY b "c">]>${issued().slice(issued().indexOf('<S:'))}`],
  ['an entity', issued('<a>&b;</a>')],
  ['deep nesting', issued('<a>'.repeat(100_000))],
])('%s in the answer of the STS is refused', (_, xml) => {
  expect(() => readIssueAnswer(xml)).toThrow(expect.objectContaining({ code: 'MalformedResponse' }));
});

/**
 * The codec over node-vsphere-soap: `soap` writes and parses messages by our WSDL; our descriptions check the answers.
 */
import type { Answer } from '../../vim25/decode';
import { headerOf } from '../../vim25/encode';
import { type MethodName, type SoapService, serviceOfMethod } from '../../vim25/methods';
import { malformedAnswer } from '../../vim25/shapes';
import { VsphereError } from '../../vim25/vsphere-error';
import type { Codec, CodecCall, Post } from '../codec';
import { AnswerText } from './answer-text';
import { faultOf, resultOf } from './from-soap';
import { openTamedClient, type TamedClient } from './tamed-client';
import { toSoapArguments } from './to-soap';
import { makeWsdl } from './wsdl';

export class SoapCodec implements Codec {
  readonly #endpoint: string;
  /** Each service has a WSDL of its own. */
  readonly #clients = new Map<SoapService, Promise<TamedClient>>();

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  async call<M extends MethodName>(call: CodecCall<M>, post: Post): Promise<Answer<M>> {
    const { method, self, parameters, operationId, version } = call;
    const args = toSoapArguments(method, self, parameters, version);
    const header = headerOf(operationId, call);
    const client = await this.#clientFor(serviceOfMethod(method));
    const send = (message: string) => post(message, () => new AnswerText());
    const answer = await client.run({ name: method, args, header, send });
    if (answer.kind === 'Error') return errorAnswer(method, answer.error);
    // `soap` would take the answer to another method for an answer without a result.
    if (!new RegExp(`<([\\w.-]+:)?${method}Response[\\s/>]`).test(answer.body))
      throw malformedAnswer(`it has no ${method}Response`);
    return resultOf(method, answer.result);
  }

  #clientFor(service: SoapService): Promise<TamedClient> {
    const known = this.#clients.get(service);
    if (known !== undefined) return known;
    const opening = openTamedClient(makeWsdl(this.#endpoint, service), this.#endpoint);
    this.#clients.set(service, opening);
    return opening;
  }
}

function errorAnswer(method: MethodName, error: unknown): Answer<never> {
  if (error instanceof VsphereError) throw error;
  const root = (error as { root?: { Envelope?: { Body?: { Fault?: unknown } } } } | undefined)?.root;
  const fault = root?.Envelope?.Body?.Fault;
  if (fault !== undefined && fault !== null) return faultOf(method, fault);
  const syntax = (error as { Fault?: { detail?: unknown } } | undefined)?.Fault?.detail;
  const why = syntax ?? (error instanceof Error ? error.message : String(error));
  throw malformedAnswer(String(why).split('\n', 1)[0]?.slice(0, 120) ?? '');
}

/** Turns a call into text and its answer into a value. There are two: vim25-codec.ts, and soap/soap-codec.ts. */

import type { ManagedObjectReference } from '../port';
import type { Answer } from '../vim25/decode';
import type { MethodName, ParametersOf } from '../vim25/methods';
import type { TextSink } from './http-exchange';

export interface CodecCall<M extends MethodName> {
  readonly method: M;
  readonly self: ManagedObjectReference;
  readonly parameters: ParametersOf<M>;
  readonly operationId: string;
  /** The version of the API to use; newer fields are left out. */
  readonly version: string;
  /** TransportCall.security. */
  readonly security?: string | undefined;
  /** As of EncodeOptions. */
  readonly sessionCookie?: string | undefined;
}

/** Sends the message, once or twice. Each try has a new sink, which gets the text of the answer. */
export type Post = <T>(message: string, sink: () => AnswerSink<T>) => Promise<T>;

export interface AnswerSink<T> extends TextSink {
  /** Called after the last text. Throws a VsphereError if the answer is not complete. */
  end(): T;
}

export interface Codec {
  /** Rejects with a VsphereError. A soap:Fault is an answer. */
  call<M extends MethodName>(call: CodecCall<M>, post: Post): Promise<Answer<M>>;
}

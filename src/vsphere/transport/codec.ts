/** How a call becomes text and its answer becomes a value. Two of these: our codec, and node-vsphere-soap's. */

import type { ManagedObjectReference } from '../port';
import type { Answer } from '../vim25/decode';
import type { MethodName, ParametersOf } from '../vim25/methods';
import type { TextSink } from './http-exchange';

export interface CodecCall<M extends MethodName> {
  readonly method: M;
  readonly self: ManagedObjectReference;
  readonly parameters: ParametersOf<M>;
  readonly operationId: string;
  /** What the server agreed to speak; newer fields are left out. */
  readonly version: string;
  readonly security?: string | undefined;
}

/** Sends the message, once or twice, and writes the text of the answer into the sink that is made for each try. */
export type Post = <T>(message: string, sink: () => AnswerSink<T>) => Promise<T>;

export interface AnswerSink<T> extends TextSink {
  /** After the last text. Throws a VsphereError when the answer is not whole. */
  end(): T;
}

export interface Codec {
  /** Rejects with a VsphereError. A fault is an answer. */
  call<M extends MethodName>(call: CodecCall<M>, post: Post): Promise<Answer<M>>;
}

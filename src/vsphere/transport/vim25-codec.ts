/** Our codec: the answer is decoded while it arrives. */
import type { Answer } from '../vim25/decode';
import { AnswerDecoder } from '../vim25/decode';
import { encodeCall } from '../vim25/encode';
import type { MethodName } from '../vim25/methods';
import type { Codec, CodecCall, Post } from './codec';

export const vim25Codec: Codec = {
  async call<M extends MethodName>(call: CodecCall<M>, post: Post): Promise<Answer<M>> {
    const { method, self, parameters, operationId, ...options } = call;
    const message = encodeCall(method, self, parameters, operationId, options);
    return await post(message, () => new AnswerDecoder(method));
  },
};

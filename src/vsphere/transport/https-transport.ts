/** The default transport: vim25 over keep-alive HTTPS. Answers are decoded while they arrive. */

import type { HttpExchangeOptions } from './http-exchange';
import { HttpTransport, openLine } from './http-transport';
import { vim25Codec } from './vim25-codec';

export type HttpsTransportOptions = HttpExchangeOptions;

export class HttpsTransport extends HttpTransport {
  constructor(options: HttpsTransportOptions) {
    super(openLine(options, vim25Codec));
  }
}

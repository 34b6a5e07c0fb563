/** The default transport: vim25 over keep-alive HTTPS, decoded as it arrives. */
import { codecWire } from './vim25-codec';
import type { HttpExchangeOptions } from './http-exchange';
import { HttpTransport, openLine } from './http-transport';

export type HttpsTransportOptions = HttpExchangeOptions;

export class HttpsTransport extends HttpTransport {
  constructor(options: HttpsTransportOptions) {
    super(openLine(options, codecWire));
  }
}

import { request } from 'node:https';

interface Scraped {
  readonly status: number;
  readonly body: string;
}

/** Reads metrics over HTTPS. The operator makes its certificate at its start, so it cannot be verified. */
export function scrape(url: string, token?: string): Promise<Scraped> {
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const call = request(url, { headers, rejectUnauthorized: false, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    call.once('error', reject);
    call.end();
  });
}

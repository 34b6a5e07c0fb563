import type { ApiServer } from '../../kubernetes';

/** An API server that refuses everything but GET, for commands that change nothing. */
export function readOnly(server: ApiServer): ApiServer {
  const refuse = (method: string) => new Error(`${method} was not sent: this command changes nothing`);
  return {
    server: server.server,
    request: async (request, signal) => {
      if (request.method !== 'GET') throw refuse(request.method);
      return await server.request(request, signal);
    },
    stream: (request, signal) => {
      if (request.method !== 'GET') throw refuse(request.method);
      return server.stream(request, signal);
    },
    close: () => server.close(),
  };
}

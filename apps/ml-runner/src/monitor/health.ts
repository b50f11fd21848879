import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunnerMetrics } from './metrics.ts';

export interface Health {
  /** False until the api knows this runner. */
  ready: boolean;
  [fact: string]: unknown;
}

/** GET /health (200 or 503) and /metrics (Prometheus text), on the loopback address only. */
export class HealthServer {
  private readonly server: http.Server;

  constructor(health: () => Health, metrics: RunnerMetrics) {
    this.server = http.createServer((request, reply) => {
      const path = request.url?.split('?')[0];
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        reply.writeHead(405, { allow: 'GET, HEAD' }).end();
      } else if (path === '/health') {
        const state = health();
        reply.writeHead(state.ready ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(state));
      } else if (path === '/metrics') {
        metrics.registry.metrics().then(
          (text) => reply.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
          (error: unknown) => reply.writeHead(500).end(String(error)),
        );
      } else {
        reply.writeHead(404).end();
      }
    });
  }

  /** Resolves to the port. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

import { createServer } from 'node:net';
import { codeOf, StartError } from './start-error.ts';

/** Whether `port` on `host` can be listened on now. Throws when the system forbids it (EACCES) or the host is not of this machine. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** `count` different ports of 127.0.0.1 nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from({ length: count }, () => {
      const probe = createServer();
      return new Promise<typeof probe>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', () => resolve(probe)));
    }),
  );
  const ports = probes.map((probe) => {
    const address = probe.address();
    if (address === null || typeof address === 'string') throw new Error('A listening TCP socket has no port');
    return address.port;
  });
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

/** The port to serve on: the one asked for, or for 0 a free one. Throws StartError when it cannot be had. */
export async function choosePort(port: number, host: string): Promise<number> {
  if (port === 0) return (await freePorts(1))[0] ?? 0;
  let free: boolean;
  try {
    free = await isPortFree(port, host);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EACCES') throw new StartError(`This user may not listen on port ${port} of ${host}: choose one above 1023, e.g. npm start -- --port 4000.`);
    throw new StartError(`${host} is not an address of this machine (${String(code)}): set TRAINYARD_HOST to one that is, e.g. 127.0.0.1.`);
  }
  if (!free)
    throw new StartError(`Port ${port} of ${host} is taken by another program: stop that one, or choose another port, e.g. npm start -- --port ${port + 1}.`);
  return port;
}

/** A host as this machine calls it in an address. */
export const displayHost = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host);

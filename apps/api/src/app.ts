import cookie from '@fastify/cookie';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import websocket from '@fastify/websocket';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController, type FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AccessService } from './access/access.service.ts';
import { AppModule } from './app.module.ts';
import type { Config } from './config.ts';
import { publicError } from './platform/errors.filter.ts';
import { MAX_MESSAGE_BYTES, refuseMisshapenRequests } from './platform/graphql.ts';
import { NestLogger, pinoLogger } from './platform/logger.ts';
import { acceptRawBodies } from './platform/raw-body.ts';
import { countRequests } from './platform/metrics.ts';

/**
 * What is no screen of the web app: paths the server answers itself, and files, which have a dot in their name as no screen has.
 * A file that is not there, an asset of a build that is no more among them, must not be answered by the page.
 */
const NO_SCREEN = /^\/(assets|graphql|uploads|artifacts|runner|health|metrics|blobs)(\/|$)|\./;

/** Routes that look who asks. All others have nobody asking: screens, assets and health must not cost a look into the database. */
const ROUTES_OF_SOMEBODY = /^\/(graphql|uploads|artifacts)(\/|$)/;

/** The api, ready to listen: used by main.ts and by the integration tests alike. */
export async function createApp(config: Config, onFastify?: (fastify: FastifyInstance) => void): Promise<NestFastifyApplication> {
  // Idle keep-alive connections of browsers must not hold up a shutdown.
  const adapter = new FastifyAdapter({ forceCloseConnections: true, loggerInstance: pinoLogger(config.logLevel, 'api'), logController: new LogController({ disableRequestLogging: true }), trustProxy: 'loopback', bodyLimit: 1024 ** 2 });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), adapter, {
    logger: new NestLogger(pinoLogger(config.logLevel, 'api')),
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  onFastify?.(fastify);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // Mantine writes style attributes and one style element of CSS variables.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: config.publicUrl?.startsWith('https:') ?? false,
  });
  await app.register(compress, { global: false });
  // GraphQL takes the sockets it finds here: its own would let anybody send it 1 MiB to parse.
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES } });

  const access = app.get(AccessService);
  fastify.decorateRequest('actor', null);
  fastify.decorateRequest('sessionId', null);
  fastify.addHook('onRequest', async (request, reply) => {
    if (!ROUTES_OF_SOMEBODY.test(request.routeOptions.url ?? '')) return;
    try {
      await access.identify(request);
    } catch (error) {
      const { status, ...body } = publicError(error);
      // A refused upgrade's socket belongs to no server any more: unless it is ended here, it holds up the shutdown.
      if (request.headers.upgrade) reply.raw.on('finish', () => request.raw.socket.destroySoon());
      return reply.status(status).send(body);
    }
  });
  countRequests(fastify);
  acceptRawBodies(fastify);
  refuseMisshapenRequests(fastify);

  if (config.webDir && existsSync(join(config.webDir, 'index.html'))) {
    const assets = join(config.webDir, 'assets/');
    await app.register(fastifyStatic, {
      root: config.webDir,
      serve: false,
      index: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        // Vite names assets by content; the page that names them must always be fresh.
        void reply.header('cache-control', path.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    // Whatever is no route of ours: a file as it lies there now, for a build replaces them all while we run, or else the page.
    fastify.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
      const path = `/${request.params['*']}`;
      void reply.header('cache-control', 'no-cache');
      // Names that begin with a dot are the build's own, or lead out of its folder.
      if (path.includes('/.')) return reply.callNotFound();
      return reply.sendFile(NO_SCREEN.test(path) ? path : '/index.html');
    });
  }
  app.enableShutdownHooks();
  return app;
}

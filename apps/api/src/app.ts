import cookie from '@fastify/cookie';
import compress from '@fastify/compress';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import websocket from '@fastify/websocket';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ATTACHMENT_NAME_MAX } from '@trainyard/domain';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AccessService } from './access/access.service.ts';
import { AppModule } from './app.module.ts';
import { AuditTrail } from './audit/audit-trail.service.ts';
import type { Config } from './config.ts';
import { MAX_MESSAGE_BYTES, STRANGERS_MAX_BODY } from './platform/graphql/document-limits.ts';
import { DomainError } from './platform/domain-error.ts';
import { publicError } from './platform/http/errors.filter.ts';
import { refuseSocket, serveGraphql } from './platform/graphql/graphql-http.ts';
import { GraphqlSockets } from './platform/graphql/graphql-socket.ts';
import { Hosts } from './platform/http/hosts.ts';
import { inlineScriptsOf } from './platform/http/inline-scripts.ts';
import { addressOf, countedAddress, Rate } from './platform/http/limits.ts';
import { NestLogger, pinoLogger } from './platform/logger.ts';
import { acceptRawBodies } from './platform/http/raw-body.ts';
import { countRequests } from './platform/metrics.ts';
import { limitConnections, patienceOf, refuseSlowBodies, watchBody } from './platform/http/patience.ts';
import { SparingLog } from './platform/sparing-log.ts';
import { isNext, Turns } from './platform/http/turns.ts';

/** Routes that look who asks. All others have nobody asking: screens, assets and health must not cost a look into the database. */
const OF_SOMEBODY = ['graphql', 'uploads', 'attachments', 'artifacts', 'export'];
/** Routes whose answers no cache may keep. */
const PRIVATE = [...OF_SOMEBODY, 'runner', 'metrics'];
const beginsWith = (names: readonly string[]): RegExp => new RegExp(`^/(${names.join('|')})(/|$)`);
const ROUTES_OF_SOMEBODY = beginsWith(OF_SOMEBODY);
const PRIVATE_ROUTES = beginsWith(PRIVATE);
/** Paths the server answers itself: no screens of the web app. */
const OWN_PATHS = beginsWith([...PRIVATE, 'assets', 'health', 'blobs']);
/**
 * Nor is a file, which has a dot in its name as no screen has. One that is not there, an asset of a build that is no more among them,
 * must not be answered by the page.
 */
const isScreen = (path: string): boolean => !OWN_PATHS.test(path) && !path.includes('.');
/** Of one person, a few go on at once. */
const LINED_UP: ReadonlySet<string> = new Set(['/graphql', '/export/:file']);
/** What was looked up of who asks holds so long. */
const RIGHTS_MS = 1_000;

/** The api, ready to listen: used by main.ts and by the integration tests alike. */
export async function createApp(config: Config, onFastify?: (fastify: FastifyInstance) => void): Promise<NestFastifyApplication> {
  const logger = pinoLogger(config.logLevel, 'api');
  const adapter = new FastifyAdapter({
    // Idle keep-alive connections of browsers must not hold up a shutdown.
    forceCloseConnections: true,
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: ['loopback', ...config.trustedProxies],
    bodyLimit: 1024 ** 2,
    // The name of a file stands in its address; without this word a long one is not found.
    routerOptions: { maxParamLength: 3 * ATTACHMENT_NAME_MAX },
    ...patienceOf(config.limits),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), adapter, { logger: new NestLogger(logger), abortOnError: false });
  const fastify = app.getHttpAdapter().getInstance();
  const [hosts, audit] = [app.get(Hosts), app.get(AuditTrail)];
  onFastify?.(fastify);
  limitConnections(fastify.server, config.limits);
  await app.register(cookie);
  await app.register(helmet, headersOf(config, hosts));
  await app.register(compress, { global: false });
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES, autoPong: false } });

  answerErrors(fastify);
  admit(fastify, app.get(AccessService), hosts, config, audit);
  refuseSlowBodies(fastify, config.limits);
  countRequests(fastify);
  acceptRawBodies(fastify);
  serveGraphql(fastify, new GraphqlSockets(fastify, config.limits, audit), audit);

  if (config.webDir && existsSync(join(config.webDir, 'index.html'))) {
    const assets = join(config.webDir, 'assets/');
    const inline = inlineScriptsOf(join(config.webDir, 'index.html'));
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
      if (!isScreen(path)) return reply.sendFile(path);
      const policy = String(reply.getHeader('content-security-policy'));
      void reply.header('content-security-policy', policy.replace("script-src 'self'", `script-src 'self' ${await inline()}`));
      return reply.sendFile('/index.html');
    });
  }
  app.enableShutdownHooks();
  return app;
}

/** The first look at every request: by which name it came, who asks, and whether somebody unknown has asked too often or too much. */
function admit(fastify: FastifyInstance, access: AccessService, hosts: Hosts, config: Config, audit: AuditTrail): void {
  const strangers = new Rate(config.limits.strangersPerMinute);
  const turns = new Turns(config.limits.requestsPerPerson);
  const refusals = new SparingLog((line) => fastify.log.warn(line));
  const identify = (request: FastifyRequest): Promise<void> => {
    Object.assign(request, { actor: null, sessionId: null, identifiedAt: performance.now() });
    return access.identify(request);
  };
  const look = async (request: FastifyRequest, reply: FastifyReply, route: string): Promise<void> => {
    hosts.demandKnown(request);
    if (!ROUTES_OF_SOMEBODY.test(route)) return;
    await isNext(reply.raw);
    let refusal: unknown = null;
    await identify(request).catch((error: unknown) => (refusal = error));
    const seconds = request.actor ? 0 : strangers.secondsToWait(countedAddress(addressOf(request)), Date.now());
    if (seconds > 0) throw new DomainError('RATE_LIMITED', { seconds });
    if (refusal !== null) throw refusal;
    // Read before anybody looks at it: a body is small unless its sender is known.
    if (!request.actor && request.method === 'POST' && !(Number(request.headers['content-length'] ?? Number.NaN) <= STRANGERS_MAX_BODY))
      throw new DomainError('UNAUTHENTICATED', {}, 'Sign in before you send so much.');
    // Each token is a line of its own: who holds one never keeps its owner, in a browser, from revoking it.
    if (request.actor && LINED_UP.has(route) && !request.ws) await turns.take(request.actor.tokenId ?? request.actor.userId, reply);
  };
  fastify.decorateRequest('actor', null);
  fastify.decorateRequest('sessionId', null);
  fastify.decorateRequest('identifiedAt', 0);
  fastify.decorateRequest('answering', null);
  // Who waited for a turn, or sent the body slowly, may have lost rights or signed out meanwhile.
  fastify.addHook('preHandler', async (request) => {
    if (request.actor && !request.ws && performance.now() - request.identifiedAt > RIGHTS_MS) await identify(request);
  });
  fastify.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url ?? '';
    if (PRIVATE_ROUTES.test(route)) void reply.header('cache-control', 'no-store');
    try {
      await look(request, reply, route);
    } catch (error) {
      const { status, ...body } = publicError(error);
      if (LOGGED_REFUSALS.has(body.code)) refusals.tell(body.code, `Refused ${request.method} ${route} from ${addressOf(request)}: ${body.message}`);
      if (body.code === 'RATE_LIMITED') void reply.header('retry-after', body.params['seconds']);
      audit.refused(request, body.code, { operation: `${request.method} ${route}` });
      if (!request.ws) watchBody(request, reply, request.raw, config.limits);
      return request.ws ? refuseSocket(error, request, reply) : reply.status(status).send(body);
    }
  });
}

/** What goes wrong before a route is reached, such as a body of a type that nobody reads, is answered as everything else is. */
function answerErrors(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    route.errorHandler ??= (error, _request, reply) => {
      const { status, ...body } = publicError(error);
      void reply.status(status).send(body);
    };
  });
}

/** What an operator must hear of: a proxy or a page that does not know our address, or somebody who tries. */
const LOGGED_REFUSALS: ReadonlySet<string> = new Set(['HOST_UNKNOWN', 'CSRF_REJECTED', 'RATE_LIMITED']);

function headersOf(config: Config, hosts: Hosts): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        // Mantine writes style attributes and one style element of CSS variables.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ({ headers }) => hosts.sockets(headers.host)],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: config.publicUrl?.startsWith('https:') ?? false,
  };
}

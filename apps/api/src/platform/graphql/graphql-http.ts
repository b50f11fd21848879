import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { execute, GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { WebSocket } from 'ws';
import { contextOfRequest, type RequestContext } from '../actor.ts';
import { isTooLarge, MAX_ANSWER_BYTES, tooLarge, withAllowance } from '../http/allowance.ts';
import { KEPT_DOCUMENT, readDocument } from './document-limits.ts';
import { DomainError } from '../domain-error.ts';
import { formatErrors, publicError } from '../http/errors.filter.ts';
import { limitOperation } from './graphql.ts';
import type { Refusals } from '../http/refusals.ts';
import { SparingLog } from '../sparing-log.ts';

/** A GraphQL request: the fields of GraphQL over HTTP. */
interface Asked {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

interface Sockets {
  /** Before a socket is made of the request; throws where there are too many. */
  admit: (request: FastifyRequest) => void;
  serve: (socket: WebSocket, request: FastifyRequest) => void;
}

/** `graphql` of the driver, as it runs a document for one request. */
interface Run {
  (source: string, context: RequestContext, variables?: Record<string, unknown> | null, operationName?: string | null): Promise<ExecutionResult>;
  schema: GraphQLSchema;
}

/** Every browser tries again and again: its operator is told once a minute. */
const STRIPPED_EVERY_MS = 60_000;
const STRIPPED =
  'A browser asked for a socket, and the request came without "Upgrade": the proxy before Trainyard does not pass it on, so nobody sees what others do until they load the page anew. ' +
  'For nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";';

/** POST and GET /graphql, and the sockets that a GET asks for. Errors of whatever kind are answered with 200 and `errors`. */
export function serveGraphql(fastify: FastifyInstance, sockets: Sockets, refusals: Refusals): void {
  const stripped = new SparingLog((line) => fastify.log.warn(line), STRIPPED_EVERY_MS);
  const answer = async (request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<void> => {
    const driver = fastify as unknown as { graphql: Run };
    const context = contextOfRequest(request, reply);
    const result = await withAllowance(() =>
      asked.query.length > KEPT_DOCUMENT
        ? runOnce(driver.graphql.schema, asked, context)
        : driver.graphql(sourceOf(asked), context, asked.variables, asked.operationName),
    );
    await send(reply, textOf(result));
  };
  const errorHandler = (error: unknown, request: FastifyRequest, reply: FastifyReply): unknown => {
    if (request.ws) return refuseSocket(error, request, reply);
    // What is refused before it is run: a stranger's document that asks for more than to sign in.
    if (error instanceof DomainError) refusals.refused(request, error.code, { operation: `${request.method} /graphql` });
    return send(reply, JSON.stringify(refusal(error)));
  };

  fastify.route({
    method: 'POST',
    url: '/graphql',
    errorHandler,
    handler: (request, reply) => (request.answering = answer(request, reply, askedIn(request.body))),
  });
  fastify.route({
    method: 'GET',
    url: '/graphql',
    exposeHeadRoute: false,
    errorHandler,
    preHandler: (request, _reply, done) => {
      if (request.ws) sockets.admit(request);
      else if (request.headers['sec-websocket-key'] !== undefined) {
        stripped.tell('upgrade', STRIPPED);
        throw new DomainError('BAD_INPUT', { field: 'upgrade', reason: 'EMPTY' }, STRIPPED);
      }
      done();
    },
    handler: (request, reply) => {
      const { query, variables, operationName } = request.query as Record<string, unknown>;
      return (request.answering = answer(
        request,
        reply,
        askedIn({ query, operationName, variables: variables === undefined ? undefined : parsed(variables) }),
      ));
    },
    wsHandler: sockets.serve,
  });
}

/**
 * The driver keeps one compiled operation for a text, and would run it whatever operation is named the next time: a mutation for
 * a query, by a GET that other sites can have sent. So the name is part of the text; no name holds a line break.
 */
const sourceOf = ({ query, operationName }: Asked): string => (operationName == null ? query : `${query}\n#${operationName}`);

/** The driver keeps what it is given, parsed and compiled, and compiling takes far longer than running: a large document is run once, and forgotten. */
async function runOnce(schema: GraphQLSchema, { query, variables, operationName }: Asked, context: RequestContext): Promise<ExecutionResult> {
  const document = readDocument(schema, query, context.actor);
  limitOperation(schema, document, context, variables);
  const result = await execute({ schema, document, contextValue: context, variableValues: variables, operationName });
  return result.errors ? formatErrors({ ...result, errors: result.errors }).response : result;
}

const send = (reply: FastifyReply, text: string): FastifyReply => reply.code(200).type('application/json; charset=utf-8').send(text);

/** A refused upgrade's connection belongs to no server any more: unless it is ended here, it holds up the shutdown. */
export function refuseSocket(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, ...body } = publicError(error);
  reply.raw.on('finish', () => request.raw.socket.destroySoon());
  return reply.status(status).send(body);
}

/** What GraphQL answers to an error thrown on the way. */
function refusal(error: unknown): ExecutionResult {
  const known =
    error instanceof GraphQLError
      ? error
      : new GraphQLError(error instanceof Error ? error.message : String(error), { originalError: error instanceof Error ? error : new Error(String(error)) });
  return formatErrors({ errors: [known] }).response;
}

function askedIn(body: unknown): Asked {
  const field = misshapenField(body);
  if (field !== undefined) throw new DomainError('BAD_INPUT', { field }, `This is no GraphQL request: look at its ${field}.`);
  return body as Asked;
}

function misshapenField(body: unknown): string | undefined {
  if (!isObject(body)) return 'body';
  if (typeof body.query !== 'string' || body.query === '') return 'query';
  if (body.variables != null && !isObject(body.variables)) return 'variables';
  if (body.operationName != null && !(typeof body.operationName === 'string' && NAME.test(body.operationName))) return 'operationName';
  return undefined;
}

/** What GraphQL takes for a name. */
const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Variables of a GET, which are JSON in text. What is none stays as it is, and is refused. */
function parsed(variables: unknown): unknown {
  try {
    return typeof variables === 'string' ? JSON.parse(variables) : 0;
  } catch {
    return 0;
  }
}

/** The answer as it is sent: weighed before it is written, which takes as much memory again, and after it, for a letter may be three bytes. */
function textOf({ data, errors }: ExecutionResult): string {
  if (isTooLarge(data)) throw tooLarge();
  const text = JSON.stringify({ data: data ?? null, errors });
  if (Buffer.byteLength(text) > MAX_ANSWER_BYTES) throw tooLarge();
  return text;
}

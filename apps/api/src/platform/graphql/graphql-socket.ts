import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { getOperationAST, GraphQLError, OperationTypeNode, type DocumentNode, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { CloseCode, makeServer, type Context, type Server, type SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { contextOfSubscription } from '../actor.ts';
import { isTooLarge, MAX_ANSWER_BYTES, tooLarge, withAllowance } from '../http/allowance.ts';
import { DOCUMENTS_KEPT, KEPT_DOCUMENT, limitCost, readDocument } from './document-limits.ts';
import { DomainError } from '../domain-error.ts';
import { formatErrors } from '../http/errors.filter.ts';
import { EventTurns, type EventTurn } from './event-turns.ts';
import { addressOf, countedAddress, OpenCounts, type Limits } from '../http/limits.ts';
import type { Refusals } from '../http/refusals.ts';

/** A browser answers these by itself; a cable pulled out closes nothing, and is found out so. */
const PING_MS = 15_000;
/** Sockets of people not signed in, from one address: an old page's, until it learns that its session is over. */
const STRANGERS_SOCKETS = 20;

/** Of answers that wait for a socket's other end to read them. */
const MOST_UNREAD_BYTES = 256 * 1024;
/** An answer that its other end has not taken after so many times the time to wait is of a socket that nobody reads. */
const UNREAD_WAITS = 4;

/** What a subscription holds while it goes on. */
interface Place {
  giveBack: () => void;
  ending: AbortController;
  turn: EventTurn;
}

interface Extra {
  request: FastifyRequest;
  /** By the message that asked for it: its id may be used again before what it named has ended. */
  places: Map<SubscribePayload, Place>;
  refused: boolean;
  /** Subscriptions that came while it carried as many as it may. */
  tooMany: number;
  close: (code: number, reason: string) => void;
}
type SocketContext = Context<Record<string, unknown> | undefined, Extra>;

/** Subscriptions over graphql-transport-ws: each with a context of its own, so many for a socket and a person, and for nobody for ever. */
export class GraphqlSockets {
  private readonly log = new Logger('Sockets');
  private readonly open = new OpenCounts();
  private readonly turns = new EventTurns();
  private readonly documents = new Map<string, DocumentNode>();
  private readonly server: Server<Extra>;

  constructor(
    private readonly fastify: FastifyInstance,
    private readonly limits: Limits,
    private readonly refusals: Refusals,
  ) {
    this.server = makeServer<Record<string, unknown> | undefined, Extra>({
      connectionInitWaitTimeout: limits.waitSeconds * 1_000,
      onSubscribe: (context, _id, payload) => this.prepare(context, payload),
      onOperation: ({ extra: { places } }, _id, payload, _args, result) =>
        Symbol.asyncIterator in result ? endable(result as AsyncGenerator<ExecutionResult>, places.get(payload)) : refusing(result as ExecutionResult),
      onNext: (_context, _id, _payload, _args, result) => {
        if (isTooLarge(result.data)) throw tooLarge();
        return result.errors ? formatErrors({ ...result, errors: result.errors }).response : undefined;
      },
      onError: (context, _id, _payload, errors) => this.refuse(context, errors),
      onComplete: ({ extra: { places } }, _id, payload) => this.release(places, payload),
    });
  }

  /** Counts the socket that is to be made of this request, until its connection ends. */
  readonly admit = (request: FastifyRequest): void => {
    const address = countedAddress(addressOf(request));
    const taken = [
      this.place('sockets', `address ${address}`, this.limits.socketsPerAddress),
      request.actor
        ? this.place('sockets', `person ${request.actor.userId}`, this.limits.socketsPerPerson)
        : this.place('sockets', `stranger ${address}`, STRANGERS_SOCKETS),
    ];
    const refused = taken.find((one) => one instanceof DomainError);
    const giveBack = (): void => {
      for (const one of taken) if (!(one instanceof DomainError)) one();
    };
    if (refused) {
      giveBack();
      throw refused;
    }
    request.raw.socket.once('close', giveBack);
  };

  readonly serve = (socket: WebSocket, request: FastifyRequest): void => {
    const extra: Extra = { request, places: new Map(), refused: false, tooMany: 0, close: (code, reason) => socket.close(code, reason) };
    const idle = new Idleness(extra.places, request.actor ? this.limits.socketIdleSeconds : this.limits.waitSeconds, () =>
      socket.close(CloseCode.ConnectionInitialisationTimeout, 'Nothing is followed over this socket'),
    );
    const alive = new Heartbeat(socket);
    socket.on('ping', (data) => {
      readAsSent(socket);
      socket.pong(data, false, () => goOnReading(socket));
    });
    const closed = this.server.opened(
      {
        protocol: socket.protocol,
        send: (text) => sendTo(socket, text, UNREAD_WAITS * this.limits.waitSeconds * 1_000),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) =>
          socket.on('message', (message) => {
            // What else lies in the buffer of a socket that is being closed costs nothing any more.
            if (socket.readyState !== socket.OPEN) return;
            readAsSent(socket);
            withAllowance(() => take(String(message))).catch((error: unknown) => {
              this.log.warn(`A socket is closed for what it was sent: ${String(error)}`);
              socket.close(CloseCode.InternalServerError, 'This message could not be answered');
            });
          }),
      },
      extra,
    );
    socket.once('close', (code, reason) => {
      idle.stop();
      alive.stop();
      for (const asked of [...extra.places.keys()]) this.release(extra.places, asked);
      void closed(code, String(reason)).catch((error: unknown) => this.log.warn(`A subscription did not end cleanly: ${String(error)}`));
    });
  };

  /** What a subscription is run with, or why it is not. */
  private prepare(socket: SocketContext, payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] {
    const { request, places } = socket.extra;
    const limit = this.limits.subscriptionsPerSocket;
    try {
      if (places.size >= limit) {
        // Each refusal costs a little: a socket that goes on asking would keep everybody waiting.
        if (++socket.extra.tooMany > limit) socket.extra.close(CloseCode.TooManyInitialisationRequests, 'Far more is asked for than a socket carries');
        throw new DomainError('TOO_MANY_SUBSCRIPTIONS', { limit });
      }
      const giveBack = request.actor
        ? this.place('subscriptions', `subscriptions ${request.actor.userId}`, this.limits.subscriptionsPerPerson)
        : () => undefined;
      if (giveBack instanceof DomainError) throw giveBack;
      const ending = new AbortController();
      // A token is a line of its own, as with requests.
      const turn = this.turns.of(request.actor?.tokenId ?? request.actor?.userId ?? '', ending.signal);
      places.set(payload, { giveBack, ending, turn });
      const { schema } = (this.fastify as unknown as { graphql: { schema: GraphQLSchema } }).graphql;
      const { variables, operationName } = payload;
      const document = this.documentOf(schema, payload.query, request);
      const operation = getOperationAST(document, operationName);
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)
        throw new DomainError('BAD_INPUT', { field: 'query' }, 'Over a socket only one subscription is run; queries and mutations are sent by POST /graphql.');
      limitCost(schema, document, variables ?? {}, request.actor);
      return { schema, document, operationName, variableValues: variables, contextValue: contextOfSubscription(request, ending.signal, turn) };
    } catch (error) {
      this.release(places, payload);
      if (error instanceof DomainError) this.refusals.refused(request, error.code, { operation: 'subscription' });
      return [error instanceof GraphQLError ? error : asGraphqlError(error)];
    }
  }

  private documentOf(schema: GraphQLSchema, source: string, { actor }: FastifyRequest): DocumentNode {
    const known = this.documents.get(source);
    if (known) return known;
    const document = readDocument(schema, source, actor);
    if (source.length > KEPT_DOCUMENT) return document;
    if (this.documents.size >= DOCUMENTS_KEPT) this.documents.delete(this.documents.keys().next().value as string);
    this.documents.set(source, document);
    return document;
  }

  /** One line for a socket, whatever is refused on it. */
  private refuse({ extra }: SocketContext, errors: readonly GraphQLError[]): readonly GraphQLError[] {
    const told = formatErrors({ errors }).response.errors ?? errors;
    if (!extra.refused)
      this.log.warn(
        `A subscription of ${extra.request.actor?.userId ?? `somebody not signed in (${addressOf(extra.request)})`} was refused: ${told.map((one) => String(one.extensions['code'])).join(', ')}`,
      );
    extra.refused = true;
    return told;
  }

  private release(places: Map<SubscribePayload, Place>, asked: SubscribePayload): void {
    const place = places.get(asked);
    place?.ending.abort();
    place?.turn.end();
    place?.giveBack();
    places.delete(asked);
  }

  private place(what: 'sockets' | 'subscriptions', key: string, limit: number): (() => void) | DomainError {
    return this.open.take(key, limit) ?? new DomainError(what === 'sockets' ? 'TOO_MANY_CONNECTIONS' : 'TOO_MANY_SUBSCRIPTIONS', { limit });
  }
}

/** Ends a socket over which nothing has been followed for a while. */
class Idleness {
  private since = Date.now();
  private readonly timer: NodeJS.Timeout;

  constructor(places: ReadonlyMap<unknown, unknown>, seconds: number, end: () => void) {
    this.timer = setInterval(
      () => {
        if (places.size > 0) this.since = Date.now();
        else if (Date.now() - this.since >= seconds * 1_000) end();
      },
      Math.min(seconds * 250, 5_000),
    ).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

class Heartbeat {
  private answered = true;
  private readonly timer: NodeJS.Timeout;

  constructor(socket: WebSocket) {
    socket.on('pong', () => (this.answered = true));
    this.timer = setInterval(() => {
      if (!this.answered) return socket.terminate();
      this.answered = false;
      socket.ping();
    }, PING_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

/** Who does not read what they are answered is not read any further: pings and their answers alone would fill the memory. */
function readAsSent(socket: WebSocket): void {
  if (socket.bufferedAmount > MOST_UNREAD_BYTES) socket.pause();
}

function goOnReading(socket: WebSocket): void {
  if (socket.isPaused && socket.bufferedAmount <= MOST_UNREAD_BYTES) socket.resume();
}

/** Resolves once the text is on its way: who reads slowly is sent the next event after this one. Whoever has not taken it after that time is cut off: others wait for its turn. */
function sendTo(socket: WebSocket, text: string, patienceMs: number): Promise<void> {
  if (text.length > MAX_ANSWER_BYTES) return Promise.reject(tooLarge());
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  const unread = setTimeout(() => socket.terminate(), patienceMs).unref();
  return new Promise((resolve) =>
    socket.send(text, () => {
      clearTimeout(unread);
      goOnReading(socket);
      resolve();
    }),
  );
}

const asGraphqlError = (error: unknown): GraphQLError => {
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(cause.message, { originalError: cause });
};

/** A generator that waits for its next event hears of its end only then; so whoever ends it says so beside it. Who asks for the next event has sent the last. */
function endable(events: AsyncGenerator<ExecutionResult>, place: Place | undefined): AsyncIterableIterator<ExecutionResult> {
  const stream: AsyncIterableIterator<ExecutionResult> = {
    next: () => {
      place?.turn.end();
      return events.next();
    },
    return: () => {
      place?.ending.abort();
      place?.turn.end();
      return events.return(undefined);
    },
    throw: (error: unknown) => events.throw(error),
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}

/** What was refused before its first event, as a stream that ends with the reason. */
function refusing({ errors }: ExecutionResult): AsyncIterableIterator<never> {
  const stream: AsyncIterableIterator<never> = {
    next: () => Promise.reject(errors?.[0] ?? new DomainError('INTERNAL')),
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}

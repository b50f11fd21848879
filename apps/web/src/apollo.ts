import { ApolloLink, type ApolloClient, type TypePolicies } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { HttpLink } from '@apollo/client/link/http';
import { RetryLink } from '@apollo/client/link/retry';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { CloseCode, createClient as createSocket, type Client as SocketClient } from 'graphql-ws';
import { createClient } from './apollo-cache.ts';
import { creationLink } from './apollo-creations.ts';
import { isNetworkFailure } from './apollo-failure.ts';
import { proofLink } from './apollo-proof.ts';
import { togetherLink } from './apollo-together.ts';
import { connection } from './connection.ts';
import { fetchWithClock } from './server-clock.ts';

/** The api refuses a request that carries the cookie and not this header: a foreign site cannot set it. */
const CSRF_HEADERS = { 'x-trainyard-csrf': '1' } as const;

const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
const RETRY_AT_MOST_MS = 5_000;
/** Close codes with which the api says that the session is over. */
const SIGNED_OUT_CODES: readonly number[] = [CloseCode.Unauthorized, CloseCode.Forbidden];

export interface ApiConnection {
  client: ApolloClient;
  /** Closes the socket, so that the next subscription opens it with the cookie of now. */
  reopenSocket(): void;
}

/** One HTTP client and one socket. `onSignedOut` is called when the server no longer knows the session. */
export function connectToApi(typePolicies: readonly TypePolicies[], onSignedOut: () => void): ApiConnection {
  const socket = openSocket(onSignedOut);
  const http = ApolloLink.from([
    new RetryLink({
      delay: { initial: 300, max: 2000, jitter: true },
      attempts: { max: 3, retryIf: (error, operation) => isQuery(operation) && isNetworkFailure(error) },
    }),
    new HttpLink({ uri: '/graphql', credentials: 'same-origin', headers: { ...CSRF_HEADERS }, fetch: fetchWithClock }),
  ]);
  const client = createClient(
    ApolloLink.from([answerLink(onSignedOut), creationLink(), proofLink(), togetherLink(), ApolloLink.split(isSubscription, new GraphQLWsLink(socket), http)]),
    typePolicies,
  );
  return { client, reopenSocket: () => socket.terminate() };
}

function isSubscription(operation: ApolloLink.Operation): boolean {
  return operation.operationType === OperationTypeNode.SUBSCRIPTION;
}

function isQuery(operation: ApolloLink.Operation): boolean {
  return operation.operationType === OperationTypeNode.QUERY;
}

/** Reads from every answer whether the server is there and whether it still knows us. */
function answerLink(onSignedOut: () => void): ApolloLink {
  return new ErrorLink(({ error }) => {
    if (isNetworkFailure(error)) {
      connection.lost();
      return;
    }
    if (!CombinedGraphQLErrors.is(error)) return;
    connection.restored();
    if (error.errors.some((one) => one.extensions?.code === 'UNAUTHENTICATED')) onSignedOut();
  });
}

function openSocket(onSignedOut: () => void): SocketClient {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  /** The server was found back, and the socket could not be had all the same. */
  let inVain = false;
  const client = createSocket({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: (reason) => !isSignedOut(reason),
    retryWait: async (retries) => {
      connection.lost();
      const wait = Math.min(RETRY_AT_MOST_MS, 200 * 2 ** retries) * (0.5 + Math.random() / 2);
      // where requests pass and sockets do not, each answer would wake it in vain
      if (inVain) await new Promise((resolve) => setTimeout(resolve, wait));
      inVain = !inVain && (await connection.back(wait));
    },
    on: {
      connected: () => {
        inVain = false;
        connection.restored();
      },
      closed: (event) => {
        clearTimeout(pongTimer);
        if (isSignedOut(event)) onSignedOut();
      },
      // a cable pulled out closes nothing: without this the socket would look alive for minutes
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
    },
  });
  return client;
}

function isSignedOut(reason: unknown): boolean {
  return typeof reason === 'object' && reason !== null && 'code' in reason && SIGNED_OUT_CODES.includes(Number(reason.code));
}

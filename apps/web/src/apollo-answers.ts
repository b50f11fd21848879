import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { defer, finalize, map, shareReplay, type Observable } from 'rxjs';

type Answer = ApolloLink.Result;

/** One question, as long as an answer to it is on its way. */
interface Asked {
  /** How often it was asked. */
  times: number;
  /** Of those, how many wait for their answer. */
  open: number;
  newest: { of: number; answer: Answer } | null;
  /** Asked at this moment. */
  now: Observable<Answer> | null;
}

/**
 * Lets no answer be older than the question. Apollo's own sharing gives a question the answer that is on its way to an equal one asked
 * before: what happened in between, and what was the reason to ask again, would stay unseen. Here equal questions share an answer only when
 * they are asked at one moment, and an answer that is overtaken by that to a later question says what the later one says.
 */
export function newestAnswerLink(): ApolloLink {
  const questions = new Map<string, Asked>();
  return new ApolloLink((operation, forward) => {
    if (operation.operationType !== OperationTypeNode.QUERY) return forward(operation);
    const key = JSON.stringify([operation.operationName, operation.variables]);
    const asked = questions.get(key) ?? { times: 0, open: 0, newest: null, now: null };
    questions.set(key, asked);
    if (asked.now) return asked.now;
    const answers = defer(() => {
      const of = asked.times;
      asked.times += 1;
      asked.open += 1;
      questions.set(key, asked);
      return forward(operation).pipe(
        map((answer): Answer => {
          if (asked.newest && asked.newest.of > of) return asked.newest.answer;
          if (!answer.errors?.length) asked.newest = { of, answer };
          return answer;
        }),
        finalize(() => {
          asked.open -= 1;
          if (asked.open === 0) questions.delete(key);
        }),
      );
    }).pipe(shareReplay({ bufferSize: 1, refCount: true }));
    asked.now = answers;
    setTimeout(() => (asked.now = null));
    return answers;
  });
}

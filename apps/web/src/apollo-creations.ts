import { ApolloLink } from '@apollo/client';
import { Kind, type DocumentNode } from 'graphql';
import { tap } from 'rxjs';
import { newId } from './new-id.ts';

/**
 * Sends an id with whatever makes a thing, and the same one while the same is sent again and no answer has come: what was made although
 * its answer was lost on the way is not made twice. The one place for every form that creates.
 */
export function creationLink(): ApolloLink {
  /** Of what was sent and is not made yet, as far as is known. */
  const ids = new Map<string, string>();
  return new ApolloLink((operation, forward) => {
    const place = placeOfId(operation.query);
    if (place === null) return forward(operation);
    const key = JSON.stringify([operation.operationName, operation.variables]);
    const id = ids.get(key) ?? newId();
    ids.set(key, id);
    const { input } = operation.variables as { input?: object };
    operation.variables = place === 'id' ? { ...operation.variables, id } : { ...operation.variables, input: { ...input, id } };
    // once it is made, the same words mean another thing; of a refusal or a failure nobody knows for sure that nothing was made
    return forward(operation).pipe(
      tap((result) => {
        if (!result.errors?.length) ids.delete(key);
      }),
    );
  });
}

/** Where a mutation that creates takes the id: as a variable, or in its input. An update's own `id` is required. */
function placeOfId({ definitions }: DocumentNode): 'id' | 'input' | null {
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, type } of definition.variableDefinitions ?? []) {
      if (variable.name.value === 'id' && type.kind === Kind.NAMED_TYPE && definition.operation === 'mutation') return 'id';
      const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
      if (variable.name.value === 'input' && named.kind === Kind.NAMED_TYPE && /^(Add|Create|Queue)[A-Z]/.test(named.name.value)) return 'input';
    }
  }
  return null;
}

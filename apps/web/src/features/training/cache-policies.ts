import type { TypePolicies } from '@apollo/client';

/** How Apollo's cache holds runs. Parts without an id belong to their run: two queries that ask for different fields of them add up. */
export const trainingTypePolicies: TypePolicies = {
  Run: { fields: { parameters: { merge: true }, result: { merge: true } } },
  RunCard: { fields: { headline: { merge: true } } },
};

/** What a person did to the labels of a ticket, whatever labels others put on it or took off meanwhile. */
export interface LabelChange {
  added: readonly string[];
  removed: readonly string[];
}

/** The change that makes `after` of `before`. */
export function labelChange(before: readonly string[], after: readonly string[]): LabelChange {
  return { added: after.filter((id) => !before.includes(id)), removed: before.filter((id) => !after.includes(id)) };
}

export function changedLabels(labelIds: readonly string[], { added, removed }: LabelChange): string[] {
  return [...labelIds.filter((id) => !removed.includes(id) && !added.includes(id)), ...added];
}

/** Both, the later one where they differ. */
export function bothChanges(first: LabelChange, then: LabelChange): LabelChange {
  return {
    added: [...first.added.filter((id) => !then.removed.includes(id) && !then.added.includes(id)), ...then.added],
    removed: [...first.removed.filter((id) => !then.added.includes(id) && !then.removed.includes(id)), ...then.removed],
  };
}

/** What the sections of a backlog show, as it was drawn last: whoever moves what is ticked asks for its order. */
export class ShownLists {
  private readonly lists = new Map<string | null, readonly string[]>();

  show(sprintId: string | null, ids: readonly string[]): void {
    this.lists.set(sprintId, ids);
  }

  /** Ids of the tickets in a sprint, or in none (null), in their order. */
  in(sprintId: string | null): readonly string[] {
    return this.lists.get(sprintId) ?? [];
  }
}

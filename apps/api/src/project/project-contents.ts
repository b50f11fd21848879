import { Injectable } from '@nestjs/common';
import type { ProjectContents } from './project.types.ts';

/** Two rooms may refer to the same one. */
export interface StoredFile {
  digest: string;
  size: number;
}
/** What one room knows of a project. */
export interface RoomContents {
  counts: Partial<Omit<ProjectContents, 'files' | 'bytes'>>;
  files?: StoredFile[];
}

/** What projects hold, as the rooms above say it. */
@Injectable()
export class ProjectContentsReader {
  private readonly rooms: ((projectId: string) => Promise<RoomContents>)[] = [];

  /** Called once by each room that has something of a project. */
  register(read: (projectId: string) => Promise<RoomContents>): void {
    this.rooms.push(read);
  }

  async read(projectId: string): Promise<ProjectContents> {
    const contents: ProjectContents = { boards: 0, tickets: 0, comments: 0, runs: 0, waitingRuns: 0, liveRuns: 0, datasets: 0, files: 0, bytes: 0 };
    const files = new Map<string, number>();
    for (const { counts, files: found } of await Promise.all(this.rooms.map((room) => room(projectId)))) {
      Object.assign(contents, counts);
      for (const { digest, size } of found ?? []) files.set(digest, size);
    }
    for (const size of files.values()) contents.bytes += size;
    return { ...contents, files: files.size };
  }
}
